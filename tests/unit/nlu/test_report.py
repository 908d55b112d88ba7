"""The page stands alone, shows every fault twice (as a picture and in words), and is safe to open."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from nlu.evaluation import Example, Report, Verdict, score
from nlu.report import Cell, draw, render

AT = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)


def read(text: str, want: str, got: str | None, confidence: float = 0.75) -> Verdict:
    example = Example(text=text, intent=want)
    return Verdict(example=example, got=got, confidence=confidence, fallback=confidence < 0.1)


@pytest.fixture
def report() -> Report:
    return score(
        [
            read("被欠薪三个月", "legal_labour", "legal_labour"),
            read("工伤也归你管吗", "legal_labour", "legal_work_injury", 0.33),
            read("<script>alert(1)</script>", "legal_labour", None, 0.0),
            read("你好", "greet", "greet", 1.0),
        ]
    )


class Tags(HTMLParser):
    """Notes which elements are open, and complains about ends that do not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(page: str) -> Tags:
    parser = Tags()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


def test_the_page_needs_nothing_from_elsewhere(report: Report) -> None:
    page = render(report, source="gate.jsonl", at=AT)
    found = tags(page)

    assert {tag for tag, _ in found.seen} & {"script", "link", "img", "iframe", "object"} == set()
    assert [a for _, a in found.seen if {"src", "href"} & a.keys()] == []
    assert re.findall(r"https?://|@import|url\(", page) == []


def test_what_citizens_typed_is_text(report: Report) -> None:
    page = render(report, source="<b>.jsonl", at=AT)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;.jsonl" in page


def test_the_heat_map_has_a_row_for_each_misread_intent(report: Report) -> None:
    heat = draw(report)

    assert heat.columns == ("legal_labour", "legal_work_injury", None)
    assert heat.rows == {
        "legal_labour": (
            Cell(n=1, share=1 / 3, right=True),
            Cell(n=1, share=1 / 3, right=False),
            Cell(n=1, share=1 / 3, right=False),
        )
    }


def test_colours_and_words_tell_the_same(report: Report) -> None:
    found = tags(render(report, source="gate.jsonl", at=AT)).seen
    cells = [a for tag, a in found if tag == "td" and a.get("class") in {"right", "wrong"}]
    rows = [a for tag, a in found if tag == "th" and a.get("scope") == "row"]

    assert [a["class"] for a in cells] == ["right", "wrong", "wrong"]
    assert {a["style"] for a in cells} == {"--share: 0.33"}
    assert rows


def test_the_diagram_has_a_name_and_its_numbers_beside_it(report: Report) -> None:
    page = render(report, source="gate.jsonl", at=AT)
    found = tags(page).seen
    [svg] = [a for tag, a in found if tag == "svg"]
    ids = {a["id"] for _, a in found if "id" in a}

    assert svg["role"] == "img"
    assert set((svg["aria-labelledby"] or "").split()) <= ids
    assert len([a for tag, a in found if a.get("class") == "bar"]) == 4
    assert "30–40%" in page
    assert "90–100%" in page


def test_time_is_suzhous(report: Report) -> None:
    assert "2026-11-23 00:30" in render(report, source="gate.jsonl", at=AT)


def test_without_a_fault_there_is_no_heat_map() -> None:
    page = render(score([read("你好", "greet", "greet")]), source="gate.jsonl", at=AT)

    assert 'class="heat"' not in page
    assert 'class="misread"' not in page
    tags(page)


def test_an_intent_of_another_list_is_shown_by_its_name() -> None:
    page = render(score([read("x", "never_heard_of", "greet")]), source="gate.jsonl", at=AT)

    assert "never_\u200bheard_\u200bof" in page
