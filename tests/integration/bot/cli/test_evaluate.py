"""`python -m bot eval …`: reports with the contract's keys; bad files told by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.speech import FAILED, USAGE, words
from tests.integration.bot.cli.typed import complaint, objects, run

INTENTS = [{"text": "谢谢", "intent": "thanks"}, {"text": "再见", "intent": "greet"}]
SCAMS = [
    {"text": "我是公安局，你涉嫌洗钱，请把钱转到安全账户", "label": "scam"},
    {"text": "明天下午三点在图书馆见", "label": "normal"},
]
STATUTES = [
    {"query": "从楼上扔东西砸到人", "articles": ["中华人民共和国民法典第一千二百五十四条"]}
]
Rows = list[dict[str, Any]]  # Any: JSON
KINDS: dict[str, Rows] = {"intents": INTENTS, "scams": SCAMS, "statutes": STATUTES}
KEYS = {
    "intents": {
        *("n", "accuracy", "macro_f1", "fallback_rate", "per_intent", "errors"),
        *("ece", "confusions"),
    },
    "scams": {"n", "precision", "recall", "f1", "errors"},
    "statutes": {"n", "recall@1", "recall@5", "recall@10", "recall@100", "mrr@10", "ms_p50"},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lines.jsonl"


def write(file: Path, kind: str, *more: str) -> str:
    lines = [json.dumps(row, ensure_ascii=False) for row in KINDS[kind]]
    file.write_text("\n".join([*lines, *more]), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("kind", KINDS)
def test_the_report_has_the_contracts_keys(file: Path, kind: str) -> None:
    result = run("eval", kind, write(file, kind), "--json")
    report = json.loads(result.stdout)

    assert (result.exit_code, result.stderr) == (0, "")
    assert set(report) == KEYS[kind]
    assert report["n"] == len(KINDS[kind])


def test_routing_is_scored(file: Path) -> None:
    report = json.loads(run("eval", "intents", write(file, "intents"), "--json").stdout)

    assert report["accuracy"] == 0.5
    assert report["errors"] == [{"text": "再见", "intent": "greet", "got": "goodbye"}]


def test_a_person_sees_the_worst_intents_and_what_they_were_read_as(file: Path) -> None:
    printed = run("eval", "intents", write(file, "intents")).stdout
    lines = [line.rstrip() for line in printed.splitlines()]

    worst = lines.index(words("worst_intents"))
    confused = lines.index(words("confusions"))
    assert lines[worst + 2].split()[0] == "greet"
    assert lines[confused + 2].split() == ["greet", "goodbye", "1"]


def test_the_page_is_written_beside_what_programs_read(file: Path, tmp_path: Path) -> None:
    page = tmp_path / "routing.html"

    result = run("eval", "intents", write(file, "intents"), "--json", "--report", str(page))

    assert json.loads(result.stdout)["n"] == len(INTENTS)
    assert result.stderr.strip() == words("report_written", path=page)
    assert "再见" in page.read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_told(file: Path, tmp_path: Path) -> None:
    page = tmp_path / "none" / "routing.html"

    result = run("eval", "intents", write(file, "intents"), "--report", str(page))

    assert result.exit_code == FAILED
    assert str(page) in complaint(result)


def test_scams_are_scored(file: Path) -> None:
    report = json.loads(run("eval", "scams", write(file, "scams"), "--json").stdout)

    assert (report["recall"], report["precision"]) == (1.0, 1.0)


def test_the_day_of_the_corpus_may_be_chosen(file: Path) -> None:
    path = write(file, "statutes")
    now = json.loads(run("eval", "statutes", path, "--json", "--on", "2026-11-22").stdout)
    before = json.loads(run("eval", "statutes", path, "--json", "--on", "2019-01-01").stdout)

    assert now["recall@100"] == 1.0
    assert before["recall@100"] == 0.0


@pytest.mark.parametrize("kind", KINDS)
def test_a_person_reads_the_figures(file: Path, kind: str) -> None:
    result = run("eval", kind, write(file, kind))

    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].split() == ["n", str(len(KINDS[kind]))]
    with pytest.raises(json.JSONDecodeError):
        objects(result)


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_file_is_a_usage_error(tmp_path: Path, kind: str) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        result = run("eval", kind, str(path), "--json")

        assert result.exit_code == USAGE
        assert complaint(result) == words("file_missing", path=path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("line", ["{broken", "[]", "{}", "null", "7"])
def test_a_broken_line_is_named(file: Path, kind: str, line: str) -> None:
    result = run("eval", kind, write(file, kind, line), "--json")

    assert result.exit_code == FAILED
    assert str(len(KINDS[kind]) + 1) in complaint(result)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_no_text_is_told(file: Path, kind: str) -> None:
    file.write_bytes('{"text": "你好"}'.encode("gbk"))

    result = run("eval", kind, str(file), "--json")

    assert result.exit_code == FAILED
    assert complaint(result) == words("not_utf8")


@pytest.mark.parametrize("kind", ["intents", "statutes"])
def test_an_empty_file_has_no_figures(file: Path, kind: str) -> None:
    file.write_text("\n")

    result = run("eval", kind, str(file), "--json")

    assert result.exit_code == FAILED
    assert complaint(result)


def test_a_day_that_is_none_is_a_usage_error(file: Path) -> None:
    result = run("eval", "statutes", write(file, "statutes"), "--on", "2026-02-30")

    assert result.exit_code == USAGE
