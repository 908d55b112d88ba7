"""The closed list of things a turn may do to the world; all are applied in the turn's commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHandoff:
    """Queue the conversation for a person; ``urgent`` puts it at the head."""

    reason: str
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveQueue:
    """Take the conversation out of the queue again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFailedLookup:
    """A wrong reference or code was given; counted alike whether the reference exists or not."""

    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseMe:
    """Delete what was said in this conversation and forget who the citizen is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePetition:
    """Open a petition as its writer confirmed it.

    ``title`` has at most 40 characters; ``text`` is for those who handle it, not for its public
    timeline; ``area`` is a key of ``cases/districts.yml``.
    """

    title: str
    text: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDocument:
    """Keep a filled document for a day, with a link for each of its ``formats``.

    ``values`` are what goes into it, as people read it; ``slots`` what was filled in, to mend it.
    """

    kind: str
    values: Mapping[str, str]
    slots: Mapping[str, str]
    formats: tuple[str, ...]


Effect = RequestHandoff | LeaveQueue | CountFailedLookup | EraseMe | FilePetition | IssueDocument
