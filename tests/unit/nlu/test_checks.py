"""What would spoil a model is found before training, every fault with its file and line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from nlu.checks import LONGEST, FaultyTraining, check
from nlu.evaluation import Example
from nlu.wording import words

KNOWN = frozenset({"greet", "legal_labour"})
PATTERNS = "nlu:\n- regex: amount\n  examples: |\n    - \\d+元\n"


def told(folder: Path, *examples: str, extra: Sequence[Example] = ()) -> list[str]:
    """What is found in a file whose line 4 has the first example."""
    (folder / "patterns.yml").write_text(PATTERNS, encoding="utf-8")
    text = "nlu:\n- intent: greet\n  examples: |\n" + "".join(f"    - {e}\n" for e in examples)
    (folder / "a.yml").write_text(text, encoding="utf-8")
    try:
        check(folder, known=KNOWN, extra=extra)
    except FaultyTraining as error:
        return [str(fault).removeprefix(f"{folder}/") for fault in error.faults]
    return []


@pytest.mark.parametrize(
    "example",
    ["你好", "欠我[300元](amount)", "[捂脸] 你好", "【某某银行】（退订回T）", "好" * LONGEST],
)
def test_good_examples_pass(tmp_path: Path, example: str) -> None:
    assert told(tmp_path, example) == []


@pytest.mark.parametrize(
    "example",
    [
        "[300元]（amount）",
        "[300元](amount",
        "300元](amount)",
        "[300元] (amount)",
        "[300元]()",
        "[](amount)",
        "【300元】(amount)",
        '[300元]{"entity": "amount"}',
    ],
)
def test_broken_annotations_are_told(tmp_path: Path, example: str) -> None:
    assert told(tmp_path, example) == [f"a.yml:4: {words('bad_annotation', text=example)}"]


def test_an_unknown_entity_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "你好", "[300元](amuont)") == [
        f"a.yml:5: {words('unknown_entity', name='amuont')}"
    ]


@pytest.mark.parametrize("example", ["\u200b", "[\u200b](amount)"])
def test_an_example_that_nobody_can_see_is_told(tmp_path: Path, example: str) -> None:
    assert told(tmp_path, example) == [f"a.yml:4: {words('empty_example')}"]


def test_a_story_too_long_is_told(tmp_path: Path) -> None:
    sentence = words("too_long", length=LONGEST + 1, most=LONGEST)

    assert told(tmp_path, "好" * (LONGEST + 1)) == [f"a.yml:4: {sentence}"]


def test_the_same_message_spelt_otherwise_is_told(tmp_path: Path) -> None:
    other = tmp_path / "a.yml:4"

    assert told(tmp_path, "Hello 你好", "在吗", "ｈｅｌｌｏ你好") == [
        f"a.yml:6: {words('same_example', where=other)}"
    ]


def test_a_message_of_two_intents_is_told(tmp_path: Path) -> None:
    text = "nlu:\n- intent: legal_labour\n  examples: |\n    - 你 好\n"
    (tmp_path / "b.yml").write_text(text, encoding="utf-8")
    sentence = words("other_intent", where=tmp_path / "a.yml:4", name="greet")

    assert told(tmp_path, "你好") == [f"b.yml:4: {sentence}"]


def test_an_unknown_intent_is_told_at_each_example(tmp_path: Path) -> None:
    text = "nlu:\n- intent: gret\n  examples: |\n    - 嗨\n    - 哈喽\n"
    (tmp_path / "b.yml").write_text(text, encoding="utf-8")
    sentence = words("unknown_intent", name="gret")

    assert told(tmp_path, "你好") == [f"b.yml:4: {sentence}", f"b.yml:5: {sentence}"]


def test_a_question_of_an_entry_must_not_contradict_an_example(tmp_path: Path) -> None:
    same = Example(text="你好", intent="greet")
    other = Example(text="在 吗", intent="legal_labour")

    assert told(tmp_path, "你好", "在吗", extra=[same]) == []
    assert told(tmp_path, "你好", "在吗", extra=[same, other]) == [
        f"a.yml:5: {words('asked_elsewhere', name='legal_labour')}"
    ]


def test_a_question_of_an_unknown_intent_is_told(tmp_path: Path) -> None:
    question = Example(text="欠薪", intent="legal_wages")
    sentence = words("faq_intent", text="欠薪", name="legal_wages")

    assert told(tmp_path, "你好", extra=[question]) == [f"{words('faq')}: {sentence}"]


def test_every_fault_is_told_in_the_order_of_the_lines(tmp_path: Path) -> None:
    examples = ["你好", "[一](x)", "你好", *["在吗"] * 10, "[二](y)"]

    lines = [int(line.split(":")[1]) for line in told(tmp_path, *examples)]

    assert lines == [5, 6, *range(8, 17), 17]


def test_the_error_is_all_its_faults(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("nlu: 1", encoding="utf-8")
    (tmp_path / "b.yml").write_text("nlu: 2", encoding="utf-8")

    with pytest.raises(FaultyTraining) as raised:
        check(tmp_path, known=KNOWN, extra=[])

    assert str(raised.value).splitlines() == [
        f"{tmp_path / name}:1: {words('bad_shape')}" for name in ("a.yml", "b.yml")
    ]
