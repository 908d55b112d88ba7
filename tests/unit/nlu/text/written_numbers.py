"""Writes whole numbers in Chinese, the opposite of ``nlu.text.numbers``, for round trips."""

from __future__ import annotations

PLAIN = ("零一二三四五六七八九", "十百千")
FORMAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
Characters = tuple[str, str]


def written(number: int, characters: Characters = PLAIN) -> str:
    """As it is taught in school: 三万零五百, 一十五 as 十五; in formal characters 壹拾伍."""
    if number == 0:
        return characters[0][0]
    text = _above(number, characters)
    return text.removeprefix("一") if text.startswith("一十") else text


def spoken(number: int) -> str:
    """As it is said: 两 for two before a large unit, the last unit left out (三万二千五)."""
    text = written(number)
    for unit in "百千万亿":
        text = text.replace(f"二{unit}", f"两{unit}").replace(f"十两{unit}", f"十二{unit}")
    for ending, before in (("十", "百"), ("百", "千"), ("千", "万"), ("千万", "亿")):
        cut = text.removesuffix(ending)
        if cut != text and len(cut) > 2 and cut[-2] == before and cut[-1] != "两":
            return cut
    return text


def _above(number: int, characters: Characters) -> str:
    digits, _ = characters
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            head, tail = divmod(number, size)
            zero = digits[0] if 0 < tail < size // 10 else ""
            rest = _above(tail, characters) if tail else ""
            return _above(head, characters) + unit + zero + rest
    return _section(number, characters)


def _section(number: int, characters: Characters) -> str:
    """Below ten thousand."""
    digits, units = characters
    text, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            skipped = bool(text)
            continue
        text += digits[0] * skipped + digits[digit] + (units[place - 1] if place else "")
        skipped = False
    return text
