"""An entry as its author would have written it in ``faq/*.yml``: the same order, the same marks."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from knowledge_base.entries import Draft

# No line is folded: one that grows shows as one line in a review.
WIDTH = 1 << 20
BLOCKS = ("answer", "detail")
MAP, SEQUENCE, TEXT = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:str"
DAY = "tag:yaml.org,2002:timestamp"


class _Dumper(yaml.SafeDumper):
    """Indents lists within an entry, as the files do."""

    # The signature is the base class's.
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002
        del indentless
        super().increase_indent(flow, indentless=False)


def entries_yaml(drafts: Iterable[Draft]) -> str:
    """Entries one under the other with a blank line between."""
    return "\n".join(entry_yaml(draft) for draft in drafts)


def entry_yaml(draft: Draft) -> str:
    """One entry as an item of a list, ending in a line break; what is not set is left out."""
    fields: list[tuple[str, yaml.Node | None]] = [
        ("id", _text(draft.id)),
        ("intent", _text(draft.intent)),
        ("title", _text(draft.title)),
        ("question", _text(draft.question)),
        ("variants", _list(map(_text, draft.variants), flow=not draft.variants)),
        ("answer", _text(draft.answer + "\n", style="|")),
        ("next_step", _text(draft.next_step)),
        ("time_limit", _text(draft.time_limit) if draft.time_limit is not None else None),
        ("hotlines", _list((_text(number, style='"') for number in draft.hotlines), flow=True)),
        ("detail", _text(draft.detail + "\n", style="|")),
        ("citations", _list(_cited(draft), flow=not draft.citations)),
        ("related", _list(map(_text, draft.related), flow=True) if draft.related else None),
        ("source", _text(draft.source, style='"')),
        ("checked_on", _day(draft.checked_on.isoformat())),
        ("status", _text(draft.status)),
        ("valid_from", _day(draft.valid_from.isoformat()) if draft.valid_from else None),
        ("valid_to", _day(draft.valid_to.isoformat()) if draft.valid_to else None),
    ]
    pairs = [(_text(name), node) for name, node in fields if node is not None]
    entry = yaml.MappingNode(MAP, pairs, flow_style=False)
    return yaml.serialize(
        yaml.SequenceNode(SEQUENCE, [entry], flow_style=False),
        Dumper=_Dumper,
        allow_unicode=True,
        width=WIDTH,
    )


def _cited(draft: Draft) -> Iterable[yaml.Node]:
    for cited in draft.citations:
        fields = (("law", cited.law), ("article", cited.article), ("key", cited.key))
        pairs = [(_text(name), _text(value)) for name, value in fields]
        yield yaml.MappingNode(MAP, pairs, flow_style=True)


def _list(items: Iterable[yaml.Node], *, flow: bool) -> yaml.Node:
    return yaml.SequenceNode(SEQUENCE, list(items), flow_style=flow)


def _text(value: str, *, style: str | None = None) -> yaml.Node:
    # A text that would read as a number, a day or a truth value is quoted by the serializer.
    return yaml.ScalarNode(TEXT, value, style=style)


def _day(value: str) -> yaml.Node:
    return yaml.ScalarNode(DAY, value)
