"""Versions of laws that are not in force: out of every search, kept for old citations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.knowledge import OldArticle
from knowledge_base.corpus import LawVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedVersion:
    """Which version of a law a text asks for: that of a day, or the one before the present one."""

    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVersion:
    """A version with its articles' texts by number; ``current`` where it is the one in force."""

    version: LawVersion
    texts: Mapping[str, str]
    current: bool


class OldTexts:
    """Every version known of the laws that have others than the one in force.

    ``present`` says of every law in force since when its version has been.
    """

    def __init__(
        self, kept: Iterable[KeptVersion] = (), present: Mapping[str, date] | None = None
    ) -> None:
        self._present = present or {}
        self._by_law: dict[str, list[KeptVersion]] = defaultdict(list)
        for version in sorted(kept, key=lambda k: (k.version.starts, k.version.published)):
            self._by_law[version.version.law].append(version)

    @property
    def laws(self) -> frozenset[str]:
        """The laws of which an old version is kept, those that have none in force included."""
        return frozenset(self._by_law)

    def find(self, law: str, number: str, asked: AskedVersion | None) -> OldArticle | None:
        """The article as it stood; None where the version asked for is the one in force.

        Without a version asked for, that of a law no longer in force.
        """
        versions = self._by_law.get(law, [])
        if law not in self._present and not versions:
            return None
        chosen = _chosen(versions, asked)
        if chosen is None:
            wanted = asked is not None and not self._is_present(law, asked)
            return _unknown(law, number, living=law in self._present) if wanted else None
        if chosen.current:
            return None
        following = versions[versions.index(chosen) + 1 :]
        return OldArticle(
            law=law,
            number=number,
            text=chosen.texts.get(number),
            version=chosen.version.published,
            replaced_on=following[0].version.starts if following else None,
            living=law in self._present,
        )

    def _is_present(self, law: str, asked: AskedVersion) -> bool:
        since = self._present.get(law)
        return since is not None and asked.until is not None and since <= asked.until


def _chosen(versions: Sequence[KeptVersion], asked: AskedVersion | None) -> KeptVersion | None:
    present = next((v for v in versions if v.current), None)
    if asked is None:
        found = list(versions) if present is None else []
    elif asked.until is None:
        found = [v for v in versions if not v.current and _before(v, present)]
    else:
        found = [v for v in versions if v.version.starts <= asked.until]
    return found[-1] if found else None


def _unknown(law: str, number: str, *, living: bool) -> OldArticle:
    return OldArticle(
        law=law, number=number, text=None, version=None, replaced_on=None, living=living
    )


def _before(kept: KeptVersion, present: KeptVersion | None) -> bool:
    return present is None or kept.version.published < present.version.published
