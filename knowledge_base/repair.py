"""Mends the packaged statute texts: glued headings, stray blanks, broken lines (facts §7.0)."""

from __future__ import annotations

import re

from knowledge_base.notation import notation

HAN = r"\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
# One or two blanks only: columns of annexed tables are held apart by more.
STRAY = re.compile(
    rf"(?<=[{HAN}\d])[ \u3000]{{1,2}}(?=[{HAN}])|(?<=[{HAN}])[ \u3000]{{1,2}}(?=\d)"
)
# A shorter line is a line of an annexed list, not half a sentence.
BROKEN_LINE_AT_LEAST = 20


def mend(text: str) -> str:
    """An article as it was promulgated: paragraphs by line, nothing else in blanks."""
    text = notation().pattern["heading"].sub("", text.strip())
    if " " in text or "\u3000" in text:
        text = STRAY.sub("", text)
    return _join_broken_lines(text) if "\n" in text else text


def _join_broken_lines(text: str) -> str:
    pattern = notation().pattern
    lines: list[str] = []
    for line in text.split("\n"):
        broken = (
            lines
            and len(lines[-1]) >= BROKEN_LINE_AT_LEAST
            and not pattern["ends_sentence"].search(lines[-1])
            and not pattern["starts_item"].match(line)
        )
        if broken:
            lines[-1] += line.strip()
        else:
            lines.append(line.strip())
    return "\n".join(line for line in lines if line)
