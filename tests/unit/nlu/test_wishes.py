"""Two wishes in one message: where it may be cut, and when the cut is believed."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from core.messages import Entity, Parse
from nlu.reader import Reader
from nlu.rules import RuleParser
from nlu.wishes import Marker, Parts, Reading, joined, split

TEXT = "老板不发工资，还有我想查一下信访到哪了"
PARTS = Parts(first="老板不发工资", second="我想查一下信访到哪了", at=9, by=Marker.STRONG)


def reading(intent: str, confidence: float = 0.9, *, by_rules: str | None = None) -> Reading:
    parse = Parse(text="", intent=intent, confidence=confidence, parser="rasa")
    return Reading(parse=parse, by_rules=by_rules)


WAGES, STATUS = reading("legal_labour"), reading("petition_status")


@dataclass
class Model:
    """Reads by what stands in the text, and counts how often it is asked."""

    asked: list[str] = field(default_factory=list)

    async def parse(self, text: str) -> Parse:
        self.asked.append(text)
        intent = "petition_status" if "信访" in text else "legal_labour"
        return Parse(text=text, intent=intent, confidence=0.9, parser="rasa")


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (TEXT, PARTS.first, PARTS.second),
        ("房东不退押金怎么办？另外想问下低保怎么申请", "房东不退押金怎么办", "想问下低保怎么申请"),
        ("漏水怎么赔，对了我的信访办到哪一步了", "漏水怎么赔", "我的信访办到哪一步了"),
        ("能赔多少。还有一件事，我想预约个律师", "能赔多少", "我想预约个律师"),
        ("公司辞退我赔多少？我还想问免费律师", "公司辞退我赔多少", "我还想问免费律师"),
        ("工资不发怎么办。帮我查一下信访进度", "工资不发怎么办", "帮我查一下信访进度"),
    ],
)
def test_a_message_is_cut_where_another_matter_begins(text: str, first: str, second: str) -> None:
    parts = split(text)

    assert parts is not None
    assert (parts.first, parts.second) == (first, second)
    assert text[parts.at :].startswith(parts.second)


@pytest.mark.parametrize(
    "text",
    [
        "老板不发工资",
        "房东说要扣押金，还有保洁费两百，我该怎么办",
        "他打我，另外他妈也骂我，我想离婚",
        "老板欠我半年工资，能不能报警？去哪里投诉？",
        "还有我想查一下信访到哪了",
        "老板不发工资，还有",
        "不发工资怎么办，另外" + "想问" * 130,
    ],
)
def test_an_ordinary_message_is_left_whole(text: str) -> None:
    assert split(text) is None


def test_two_sure_wishes_are_the_first_with_the_second_beside_it() -> None:
    both = joined(TEXT, PARTS, WAGES, STATUS)

    assert (both.text, both.intent, both.second) == (TEXT, "legal_labour", "petition_status")
    assert (both.first_text, both.second_text) == (PARTS.first, PARTS.second)


def test_entities_keep_their_places_in_the_whole() -> None:
    second = Parse(
        text=PARTS.second,
        intent="petition_status",
        confidence=0.9,
        parser="rasa",
        entities=(Entity(name="date", value="x", start=1, end=3),),
    )

    both = joined(TEXT, PARTS, WAGES, Reading(parse=second, by_rules=None))

    assert [(e.start, e.end) for e in both.entities] == [(10, 12)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (WAGES, WAGES),
        (WAGES, reading("petition_status", 0.1)),
        (reading("legal_labour", 0.1), STATUS),
        (reading("greet"), STATUS),
        (WAGES, reading("thanks")),
        (reading("fraud_check"), STATUS),
        (reading("human_handoff"), STATUS),
    ],
)
def test_all_else_is_one_wish(first: Reading, second: Reading) -> None:
    assert joined(TEXT, PARTS, first, second).second is None


def test_a_rule_makes_a_weak_reading_sure() -> None:
    weak = reading("petition_status", 0.1, by_rules="petition_status")

    assert joined(TEXT, PARTS, WAGES, weak).second == "petition_status"


def test_what_is_no_wish_leaves_the_other_to_be_answered() -> None:
    assert joined(TEXT, PARTS, reading("greet", 0.99), STATUS).intent == "petition_status"


def test_a_danger_in_either_part_is_the_danger_of_the_whole() -> None:
    danger = joined(TEXT, PARTS, reading("legal_labour", 0.99), reading("crisis", 0.7))

    assert (danger.intent, danger.second) == ("crisis", None)


@pytest.mark.parametrize(
    ("by", "intent", "two"),
    [
        (Marker.STRONG, "find_office", True),
        (Marker.WEAK, "find_office", False),
        (Marker.WEAK, "legal_rental", True),
        (Marker.STOP, "legal_rental", False),
        (Marker.STOP, "petition_status", True),
    ],
)
def test_the_weaker_the_marker_the_more_it_takes(by: Marker, intent: str, *, two: bool) -> None:
    parts = Parts(first=PARTS.first, second=PARTS.second, at=9, by=by)

    assert (joined(TEXT, parts, WAGES, reading(intent)).second is not None) is two


async def test_the_reader_asks_for_parts_only_where_there_seem_to_be_two() -> None:
    model = Model()
    reader = Reader(model, RuleParser.load())

    both = await reader.parse(TEXT)
    await reader.parse("老板不发工资怎么办")

    assert (both.intent, both.second) == ("legal_labour", "petition_status")
    assert model.asked == [TEXT, PARTS.first, PARTS.second, "老板不发工资怎么办"]


async def test_what_is_urgent_is_never_cut() -> None:
    model = Model()

    parse = await Reader(model, RuleParser.load()).parse("工资不发怎么办，还有我不想活了")

    assert (parse.intent, parse.second) == ("crisis", None)
    assert len(model.asked) == 1


async def test_the_rules_alone_find_two_wishes_too() -> None:
    parse = await Reader(None, RuleParser.load()).parse(TEXT)

    assert (parse.intent, parse.second, parse.parser) == (
        "legal_labour",
        "petition_status",
        "rules",
    )
