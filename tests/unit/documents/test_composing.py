"""What was said stands in its place, what was not said is a blank, and nothing else is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.cleaning import clean, on_one_line
from documents.composing import LINES, LONG, as_text, compose
from documents.templates import Layout, Style, layout_of
from tests.unit.documents.samples import HOSTILE, LAYOUTS, ordinary, squeezed


def kind(layout: Layout) -> str:
    return layout.kind


@pytest.mark.parametrize("layout", LAYOUTS, ids=kind)
def test_every_value_stands_in_the_document_once(layout: Layout) -> None:
    values = ordinary(layout)
    text = as_text(compose(layout, values))

    for name, value in values.items():
        told = layout.choices.get(name, {}).get(value, value)
        assert text.count(told) == 1, name
    assert LONG not in text
    assert LINES not in text


@pytest.mark.parametrize("layout", LAYOUTS, ids=kind)
def test_without_a_word_it_is_a_form_to_fill_in_by_hand(layout: Layout) -> None:
    paragraphs = compose(layout, {})
    text = as_text(paragraphs)
    bodies = [b for b in layout.blocks if b.style is Style.BODY and b.names]

    assert paragraphs[0].text == layout.title
    assert "$" not in text
    assert text.count(LINES) == len(bodies)


@pytest.mark.parametrize("layout", LAYOUTS, ids=kind)
def test_one_value_alone_leaves_all_others_blank(layout: Layout) -> None:
    blank = as_text(compose(layout, {}))
    for name, value in ordinary(layout).items():
        told = layout.choices.get(name, {}).get(value, value)
        text = as_text(compose(layout, {name: value}))

        assert squeezed(text.replace(told, "").replace("_", "")) == squeezed(
            blank.replace("_", "")
        )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_words(text: str) -> None:
    layout = layout_of("complaint")
    told = as_text(compose(layout, {"facts": text, "name": text}))

    assert clean(text) in told
    assert f"原告：{on_one_line(text)}" in told


def test_what_is_chosen_is_told_in_the_words_of_the_law() -> None:
    told = as_text(compose(layout_of("protection"), {"measures": "all"}))

    assert "三、责令被申请人迁出申请人住所。" in told


def test_a_value_without_a_place_is_left_out() -> None:
    layout = layout_of("letter")

    assert compose(layout, {"id_card": "320501198001011234"}) == compose(layout, {})


def test_words_of_nothing_visible_are_a_blank() -> None:
    layout = layout_of("letter")

    assert compose(layout, {"facts": "\u200b\u202e\x00"}) == compose(layout, {})


@given(st.text(min_size=1))
def test_no_words_change_the_rest_of_the_document(text: str) -> None:
    layout = layout_of("letter")
    told = compose(layout, {"claims": text})
    blank = compose(layout, {})

    assert [p.text for p in told if p.style is not Style.BODY] == [
        p.text for p in blank if p.style is not Style.BODY
    ]
