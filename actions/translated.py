"""Entries of the knowledge base in the language spoken, as far as somebody has written them in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from actions.mentions import mentions
from actions.phrases import speaking, spoken
from core.knowledge import Entry
from core.messages import CHINESE


@contextmanager
def telling(entry: Entry) -> Iterator[Entry]:
    """The entry as it is to be told: translated, or else as it is with all around it in Chinese."""
    into = entry.translations.get(spoken())
    if into is not None and into.entry is not None:
        yield into.entry
        return
    with speaking(CHINESE):
        yield entry


def title(entry: Entry) -> str:
    """The entry's title for a button."""
    into = entry.translations.get(spoken())
    return into.title if into else entry.title


def likeliest(entries: Iterable[Entry], text: str) -> Entry | None:
    """The entry most of whose words the text mentions, None where none or several are.

    The search knows Chinese only; within one topic a few words are enough.
    """
    counts = {entry.id: (_mentioned(entry, text), entry) for entry in entries}
    best = max((count for count, _ in counts.values()), default=0)
    found = [entry for count, entry in counts.values() if count == best]
    return found[0] if best and len(found) == 1 else None


def _mentioned(entry: Entry, text: str) -> int:
    into = entry.translations.get(spoken())
    return sum(mentions(text, [word]) for word in into.words) if into else 0
