"""JSON and XML of one body, by the Spark rule."""

from __future__ import annotations

import json

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from bot.web.open311.formats import MEMBERS, Body, Format, Value, render
from tests.integration.bot.web.open311.peers import spark, texts

NAMES = st.sampled_from(["code", "description", "lat", "extended_attributes"])
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)
)
LISTS = st.sampled_from(sorted(MEMBERS))


def things(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    plain = st.dictionaries(NAMES, inner, min_size=1, max_size=3)
    lists = st.dictionaries(LISTS, st.lists(LEAVES | plain, max_size=3), max_size=2)
    return st.builds(lambda a, b: {**a, **b}, plain, lists)


BODIES = st.one_of(
    st.builds(Body, root=LISTS, value=st.lists(things(LEAVES), max_size=3)),
    st.builds(
        Body, root=st.just("discovery"), value=st.recursive(LEAVES, things, max_leaves=6).flatmap(
            lambda value: things(st.just(value))
        ),
    ),
)  # fmt: skip


@given(BODIES)
def test_both_formats_say_the_same(body: Body) -> None:
    told = json.loads(render(body, Format.JSON))

    assert spark(fromstring(render(body, Format.XML))) == texts(told)


def test_xml_has_a_declaration_and_names_its_members() -> None:
    body = Body(root="services", value=[{"service_code": "a&b", "metadata": True, "group": None}])

    assert render(body, Format.XML).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<services><service>'
        "<service_code>a&amp;b</service_code><metadata>true</metadata><group></group>"
        "</service></services>"
    )


@pytest.mark.parametrize("count", [0, 1, 2])
def test_json_keeps_lists_whatever_their_length(count: int) -> None:
    body = Body(root="service_requests", value=[{"token": "t"}] * count)

    assert json.loads(render(body, Format.JSON)) == [{"token": "t"}] * count


def test_chinese_stays_readable() -> None:
    assert (
        "姑苏" in render(Body(root="discovery", value={"contact": "姑苏"}), Format.JSON).decode()
    )


def test_half_an_emoji_breaks_neither_format() -> None:
    body = Body(root="discovery", value={"contact": "灯\ud83d坏了"})

    for as_format in Format:
        assert "灯坏了" in render(body, as_format).decode()
