"""Works amendments (修正案) into the law they amend where the database has not done so.

The database's 刑法 stops at amendment 十一; 十二 is a law of its own beside it (facts §7.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge_base.corpus import LawVersion, Row
from knowledge_base.notation import notation, to_int
from knowledge_base.repair import mend


def amended_law(version: LawVersion) -> str | None:
    """The law that an amendment amends, or None for any other document."""
    if version.kind != notation().database["amendment"]:
        return None
    match = notation().amendment["name"].fullmatch(version.law)
    return match["law"] if match else None


def apply_amendment(texts: Mapping[str, str], amendment: Iterable[Row]) -> dict[str, str]:
    """The law's texts by article number after an amendment's instructions.

    Only replacements are carried out (an article, or one paragraph of it): the instructions the
    outstanding amendment holds. Others leave the text as it is.
    """
    amended = dict(texts)
    patterns = notation().amendment
    for row in amendment:
        text = mend(row.text)
        if match := patterns["paragraph"].search(text):
            number, place = match["article"], to_int(match["paragraph"])
            new = _replace_paragraph(amended.get(number, ""), place, _unquote(match["text"]))
            amended[number] = new
        elif match := patterns["whole"].search(text):
            amended[match["article"]] = _unquote(match["text"])
    return amended


def _unquote(text: str) -> str:
    return "\n".join(line.strip('"“”') for line in text.split("\n"))


def _replace_paragraph(text: str, place: int, new: str) -> str:
    starts_item = notation().pattern["starts_item"]
    paragraphs: list[str] = []
    for line in text.split("\n"):
        if paragraphs and starts_item.match(line):
            paragraphs[-1] += f"\n{line}"
        else:
            paragraphs.append(line)
    paragraphs[place - 1 : place] = [new]
    return "\n".join(paragraphs)
