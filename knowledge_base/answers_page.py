"""Every answer on one page, for a lawyer to read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from knowledge_base.entries import Draft, Status
from knowledge_base.hotlines import hotlines

TEMPLATE = Path(__file__).with_name("answers_page.md.j2")


def answers_page(drafts: Iterable[Draft], titles: Mapping[str, str]) -> str:
    """Markdown of the entries by topic; ``titles`` names the intents, others keep their name.

    Raises ``jinja2.UndefinedError`` for a number that is no hotline: `kb lint` names it.
    """
    # Plain Markdown, not HTML: nothing to escape.
    environment = Environment(  # noqa: S701
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["paragraphs"] = _paragraphs
    # Sorting is stable: within a topic the order of the files stays.
    ordered = sorted(drafts, key=attrgetter("intent"))
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        topics=[(intent, list(found)) for intent, found in groupby(ordered, attrgetter("intent"))],
        count=len(ordered),
        waiting=sum(draft.status is Status.IN_REVIEW for draft in ordered),
        titles=titles,
        hotlines=hotlines(),
    )


def _paragraphs(text: str) -> str:
    """Each line a paragraph of its own, as Markdown wants it."""
    return "\n\n".join(line for line in text.splitlines() if line.strip())
