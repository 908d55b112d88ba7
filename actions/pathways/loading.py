"""Reads the pathways: one file each, and nodes that several share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from actions.pathways.spec import Answer, Cited, Day, Gate, Node, Pathway, Step
from core.errors import Invalid

HERE = Path(__file__).parent
CATALOGUE = HERE / "catalogue"
SHARED = HERE / "shared"
ANSWERS = HERE / "answers.yml"
COUNTING = HERE / "counting.yml"
KINDS: Mapping[str, type[Node]] = {"gates": Gate, "days": Day, "steps": Step}


class FaultyPathway(Invalid):
    """A pathway's file cannot be read, or leads nowhere."""


@cache
def pathways() -> Mapping[str, Pathway]:
    """Every pathway of the catalogue by its name, the commonest dispute first."""
    found = load_pathways(CATALOGUE, SHARED)
    return {pathway.name: pathway for pathway in sorted(found, key=lambda p: p.rank)}


@cache
def usual_answers() -> Mapping[str, Answer]:
    """Titles and words of yes, no and unsure; ``to`` is empty."""
    rows = yaml.safe_load(ANSWERS.read_text(encoding="utf-8"))
    return {key: Answer(to="", **row) for key, row in rows.items()}


@cache
def counting() -> Mapping[str, Cited]:
    """The rules of counting: ``start`` and one for each way of moving a rest day."""
    rows = yaml.safe_load(COUNTING.read_text(encoding="utf-8"))
    return {name: Cited.model_validate(row) for name, row in rows.items()}


def load_pathways(folder: Path, shared: Path) -> list[Pathway]:
    """Read the files of both folders; raises ``FaultyPathway`` naming the file and what is wrong."""
    common: dict[str, Node] = {}
    for path in sorted(shared.glob("*.yml")):
        common |= _nodes(path, _document(path))
    return [_pathway(path, common) for path in sorted(folder.glob("*.yml"))]


def _pathway(path: Path, common: Mapping[str, Node]) -> Pathway:
    document = _document(path)
    nodes = dict(common) | _nodes(path, document)
    head = {key: value for key, value in document.items() if key not in KINDS}
    start = str(head.get("start"))
    try:
        return Pathway(name=path.stem, nodes=_reached(start, nodes), **head)
    except KeyError as error:
        raise FaultyPathway(f"{path.name}: {error} is not there") from error
    except ValidationError as error:
        raise FaultyPathway(f"{path.name}: {_told(error)}") from error


def _nodes(path: Path, document: Mapping[str, Any]) -> dict[str, Node]:  # Any: YAML
    found: dict[str, Node] = {}
    for group, kind in KINDS.items():
        for name, row in document.get(group, {}).items():
            try:
                node = TypeAdapter(kind).validate_python(row)
            except ValidationError as error:
                raise FaultyPathway(f"{path.name}: {name}: {_told(error)}") from error
            found[name] = _with_usual(node) if isinstance(node, Gate) else node
    return found


def _with_usual(gate: Gate) -> Gate:
    """Answers called yes, no and unsure have the usual titles and words beside their own."""
    answers = {}
    for key, answer in gate.answers.items():
        usual = usual_answers().get(key)
        if usual is not None:
            told = {"title": answer.title or usual.title, "words": (*answer.words, *usual.words)}
            answers[key] = answer.model_copy(update=told)
        else:
            answers[key] = answer
    return gate.model_copy(update={"answers": answers})


def _reached(start: str, nodes: Mapping[str, Node]) -> dict[str, Node]:
    """The nodes that can be come to, in the order of the way; raises ``KeyError``."""
    reached: dict[str, Node] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop(0)
        if name not in reached:
            reached[name] = nodes[name]
            waiting += _leads(nodes[name])
    return reached


def _leads(node: Node) -> Iterator[str]:
    yield from node.exits.values()


def _document(path: Path) -> dict[str, Any]:  # Any: YAML
    try:
        read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))  # Any: YAML
    except yaml.YAMLError as error:
        raise FaultyPathway(f"{path.name}: {error}".replace("\n", " ")) from error
    return read


def _told(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
