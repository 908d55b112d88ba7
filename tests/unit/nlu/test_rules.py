"""Rules: what must never be missed, what must not alarm, and what works without Rasa."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.messages import URGENT
from nlu.evaluation import Example, read_examples
from nlu.rules import RuleParser, in_words
from nlu.training import DATA, ROOT
from nlu.training_files import read_folder

# Rules alone, measured on the training examples; with Rasa down this is all there is. Of wording
# they were not written for they find some two in five.
LEAST_FOUND = 0.35
LEAST_FOUND_BLIND = 0.7
# The share of ordinary training examples at which a rule may ring, and of those that were
# written to look urgent.
MOST_FALSE = 0.01
MOST_FALSE_NEAR = 0.09


@pytest.fixture(scope="module")
def rules() -> RuleParser:
    return RuleParser.load()


def ringing(rules: RuleParser, text: str) -> str | None:
    rule = rules.urgent(text)
    return rule.intent if rule else None


def measured(name: str) -> list[Example]:
    return read_examples(ROOT / name)


def share_found(rules: RuleParser, urgent: Sequence[Example]) -> float:
    """The share of urgent examples at which a rule of the right intent rings."""
    got = [(rules.urgent(e.text), e.intent) for e in urgent]
    return sum(rule is not None and rule.intent == intent for rule, intent in got) / len(got)


def test_most_urgent_lines_ring(rules: RuleParser) -> None:
    """A share, not line by line: the set is new and blind, no rule was written for its lines."""
    urgent = [e for e in measured("nlu/gate.jsonl") if e.intent in URGENT]

    assert share_found(rules, urgent) >= LEAST_FOUND_BLIND


def share_ringing(rules: RuleParser, texts: Sequence[str]) -> float:
    return sum(rules.urgent(text) is not None for text in texts) / len(texts)


@pytest.mark.parametrize(
    ("name", "most"), [("tests/nlu/urgent_near.jsonl", 0.06), ("nlu/gate.jsonl", 0.015)]
)
def test_ordinary_lines_hardly_ever_ring(rules: RuleParser, name: str, most: float) -> None:
    """Near misses more often than what people write every day; a false card costs a tap."""
    ordinary = [e.text for e in measured(name) if e.intent not in URGENT]

    assert share_ringing(rules, ordinary) <= most


def test_training_examples_ring_as_they_should(rules: RuleParser) -> None:
    lines, _ = read_folder(DATA)
    examples = [line for line in lines if line.kind == "intent"]
    urgent = [Example(text=e.text, intent=e.name) for e in examples if e.name in URGENT]
    calm = [e for e in examples if e.name not in URGENT]
    near = [e.text for e in calm if Path(e.where).name.startswith("urgent_")]
    ordinary = [e.text for e in calm if not Path(e.where).name.startswith("urgent_")]

    assert share_found(rules, urgent) >= LEAST_FOUND
    assert share_ringing(rules, ordinary) <= MOST_FALSE
    assert share_ringing(rules, near) <= MOST_FALSE_NEAR


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我不想活了", "crisis"),
        ("厂里欠我半年工资。我不想活了！去年也去投诉过，判下来又不执行", "crisis"),
        ("他在打我。以前也打过，赔偿还没给", "emergency"),
        ("老板不发工资。去年就说要赔", None),
        ("跳楼价大甩卖", None),
    ],
)
def test_a_plain_danger_in_any_sentence_is_seen(
    rules: RuleParser, text: str, intent: str | None
) -> None:
    rule = rules.plain_danger(text, rules.urgent(text))

    assert (rule.intent if rule else None) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [("柜子里的钱没了 窗户撬开了", None), ("手机被偷 卡里的钱没了", "fraud_emergency")],
)
def test_a_theft_is_no_fraud_unless_accounts_are_open(
    rules: RuleParser, text: str, intent: str | None
) -> None:
    assert ringing(rules, text) == intent


def test_no_ordinary_line_holds_a_plain_danger(rules: RuleParser) -> None:
    ordinary = [e.text for e in measured("nlu/gate.jsonl") if e.intent not in URGENT]

    assert [text for text in ordinary if rules.plain_danger(text, rules.urgent(text))] == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("转人工", "human_handoff"),
        ("I want a real person", "human_handoff"),
        ("我的信访件到哪了 怎么样了", "petition_status"),
        ("这是不是骗子", "fraud_check"),
        ("老板不发工资", "legal_labour"),
        ("老闆不發工資", "legal_labour"),
        ("房东不退押金", "legal_rental"),
        ("你好！", "greet"),
        ("谢谢你", "thanks"),
        ("算了", "cancel"),
    ],
)
async def test_main_routes_work_without_rasa(rules: RuleParser, text: str, intent: str) -> None:
    parse = await rules.parse(text)

    assert (parse.intent, parse.parser) == (intent, "rules")
    assert parse.confidence == 0.9


@pytest.mark.parametrize(
    ("text", "intent"),
    [("XF3205082610120001236", "petition_status"), ("FY320507261110000006R", "case_status")],
)
async def test_a_bare_reference_tells_its_kind(rules: RuleParser, text: str, intent: str) -> None:
    parse = await rules.parse(text)

    assert parse.intent == intent
    assert parse.value("case_ref") == text


async def test_the_unknown_has_no_confidence(rules: RuleParser) -> None:
    parse = await rules.parse("红烧肉怎么做")

    assert (parse.intent, parse.confidence) == ("out_of_scope", 0.0)


def english(*, urgent: bool) -> list[tuple[str, str | None]]:
    lines = (ROOT / "tests/nlu/english_urgent.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [(row["text"], row["urgent"]) for row in map(json.loads, lines)]
    return [row for row in rows if (row[1] is not None) is urgent]


@pytest.mark.parametrize(("text", "intent"), english(urgent=True))
def test_urgent_english_rings(rules: RuleParser, text: str, intent: str) -> None:
    assert ringing(rules, text) == intent


def test_ordinary_english_does_not_ring(rules: RuleParser) -> None:
    assert [text for text, _ in english(urgent=False) if rules.urgent(text)] == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I want to talk to a real person", "human_handoff"),
        ("Can you answer in English?", "change_language"),
        ("How is my petition going", "petition_status"),
        ("Do I qualify for legal aid?", "legal_aid_eligibility"),
        ("How do I apply for legal aid", "legal_aid_apply"),
        ("Which number should I call?", "hotline"),
        ("Is this message a scam?", "fraud_check"),
        ("my rental agent keeps the deposit", "legal_rental"),
    ],
)
async def test_english_is_read_without_rasa(rules: RuleParser, text: str, intent: str) -> None:
    assert (await rules.parse(text)).intent == intent


def test_english_is_folded_but_keeps_its_words() -> None:
    assert in_words("  I’m ＮＯＴ\nsafe,  don't   go ") == "im not safe, dont go"


def test_rules_are_read_in_order_and_exceptions_hold(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text(
        "- {intent: crisis, urgent: true, shows: [跳楼], unless: [跳楼价]}\n"
        "- {intent: legal_consumer, shows: [楼]}\n",
        encoding="utf-8",
    )
    rules = RuleParser.load(chinese=file)

    assert ringing(rules, "要跳楼") == "crisis"
    assert rules.urgent("跳楼价") is None
