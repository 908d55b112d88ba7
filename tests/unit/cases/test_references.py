from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from cases.districts import districts
from cases.errors import BadReference, DayIsFull
from cases.references import LAST_SEQUENCE, Kind, Reference, tidy

EXAMPLE = "XF3205082610120001236"
SYMBOLS = string.digits + string.ascii_uppercase

references = st.builds(
    Reference,
    kind=st.sampled_from(Kind),
    area=st.sampled_from(sorted(districts())),
    day=st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)),
    sequence=st.integers(min_value=1, max_value=LAST_SEQUENCE),
)


def test_the_example_on_the_receipt() -> None:
    expected = Reference(kind=Kind.PETITION, area="320508", day=date(2026, 10, 12), sequence=123)

    assert Reference.parse(EXAMPLE) == expected
    assert str(expected) == EXAMPLE
    assert mod_37_36.is_valid(EXAMPLE)


@given(references)
def test_what_is_printed_can_be_read(reference: Reference) -> None:
    printed = str(reference)

    assert len(printed) == 21
    assert Reference.parse(printed) == reference


@pytest.mark.parametrize(
    "typed",
    [
        "xf3205082610120001236",
        " XF 320508 261012 000123 6 ",
        "XF-320508-261012-000123-6",
        "ＸＦ３２０５０８２６１０１２０００１２３６",
        "XF3205082610120001236。",
        "xf\u200b3205082610120001236\n",
    ],
)
def test_the_way_of_typing_does_not_matter(typed: str) -> None:
    assert str(Reference.parse(typed)) == EXAMPLE


@given(references, st.data())
def test_one_wrong_character_is_always_caught(reference: Reference, data: st.DataObject) -> None:
    printed = str(reference)
    at = data.draw(st.integers(0, len(printed) - 1))
    wrong = data.draw(st.sampled_from(SYMBOLS.replace(printed[at], "")))

    with pytest.raises(BadReference):
        Reference.parse(printed[:at] + wrong + printed[at + 1 :])


@given(references, st.data())
def test_swapped_neighbours_are_caught_but_for_consecutive_values(
    reference: Reference, data: st.DataObject
) -> None:
    printed = str(reference)
    at = data.draw(st.integers(0, len(printed) - 2))
    left, right = printed[at], printed[at + 1]
    swapped = printed[:at] + right + left + printed[at + 2 :]

    apart = abs(SYMBOLS.index(left) - SYMBOLS.index(right))
    if apart not in {0, 1, 35}:
        with pytest.raises(BadReference):
            Reference.parse(swapped)


def test_how_many_swaps_the_standard_lets_through() -> None:
    # The claim of the docstring, worked out over every state and pair of the standard.
    def step(state: int, value: int) -> int:
        return ((state + value) % 36 or 36) * 2 % 37

    pairs = [(s, a, b) for s in range(1, 37) for a in range(36) for b in range(a)]
    missed = [(s, a, b) for s, a, b in pairs if step(step(s, a), b) == step(step(s, b), a)]

    assert (len(missed), len(pairs)) == (36, 22_680)
    assert {a - b for _, a, b in missed} == {1, 35}


@pytest.mark.parametrize(
    "body",
    [
        "AB320508261012000123",  # no such kind
        "XF320502261012000123",  # no such area
        "XF320508261332000123",  # no such day
        "XF320508261012000000",  # sequences begin at 1
    ],
)
def test_a_right_check_character_is_not_enough(body: str) -> None:
    with pytest.raises(BadReference):
        Reference.parse(body + mod_37_36.calc_check_digit(body))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reference = Reference.parse(text)
    except BadReference:
        return
    assert str(reference) == tidy(text)


def test_a_day_holds_less_than_a_million() -> None:
    with pytest.raises(DayIsFull):
        Reference(
            kind=Kind.PETITION, area="320508", day=date(2026, 1, 1), sequence=LAST_SEQUENCE + 1
        )


def test_the_industrial_park_has_a_key_of_its_own() -> None:
    park = Reference(kind=Kind.HAZARD, area="SIP000", day=date(2026, 1, 2), sequence=7)

    assert Reference.parse(str(park).lower()) == park
