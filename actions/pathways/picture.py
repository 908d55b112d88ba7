"""The page that draws every pathway, for those who check and change them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.pathways.spec import Day, Gate, Node, Pathway, Step
from actions.pathways.telling import length
from actions.phrases import words

TEMPLATE = "page.md.j2"


def page(pathways: Iterable[Pathway]) -> str:
    """The page in Markdown, one Mermaid picture and one table a pathway."""
    # Markdown, not HTML: nothing is to be escaped.
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    template = environment.get_template(TEMPLATE)
    return template.render(
        pathways=list(pathways), shape=shape, ways=ways, steps=steps, kind=kind, periods=periods
    )


def shape(name: str, node: Node) -> str:
    """A node as Mermaid draws it: a question is a diamond, a day a hexagon, a step a box."""
    match node:
        case Gate():
            return f'n_{name}{{"{node.ask}"}}'
        case Day():
            asked = node.ask or (node.rule.what if node.rule else "")
            return f'n_{name}{{{{"{asked}"}}}}'
        case Step() if not node.exits:
            return f'n_{name}[["{_boxed(node)}"]]'
        case _:
            return f'n_{name}["{_boxed(node)}"]'


def ways(node: Node) -> Iterator[tuple[str, str]]:
    """Where a node leads, each way with its title."""
    if isinstance(node, Day):
        for key, to in node.exits.items():
            yield words(f"pathway_way_{key}"), to
        return
    for answer in node.answers.values():
        yield answer.title, answer.to


def steps(pathway: Pathway) -> list[Step]:
    """The steps of a pathway, in the order of the way."""
    return [node for node in pathway.nodes.values() if isinstance(node, Step)]


def kind(step: Step) -> str:
    """What a step is, in words."""
    return words(f"pathway_kind_{step.kind}")


def periods(step: Step) -> str:
    """The earliest and the latest day of a step, as rules."""
    told = []
    for key, rule in (("earliest", step.earliest), ("latest", step.latest)):
        if rule is not None:
            told.append(
                words(
                    f"pathway_{key}_open",
                    what=rule.what,
                    since=rule.since,
                    length=length(rule),
                    law=rule.source.law,
                    article=rule.source.article,
                )
            )
    return "".join(told)


def _boxed(step: Step) -> str:
    return f"{step.title}<br/>{kind(step)}"
