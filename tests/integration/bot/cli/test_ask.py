"""`python -m bot ask`: one conversation in the terminal, for people and for programs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from actions.phrases import phrases
from bot.cli.speech import FAILED, USAGE, words
from tests.integration.bot.cli.typed import complaint, objects, run

REFERENCE, CODE = "XF3205082610120001236", "7QK2M9XD"
KEYS = {
    "text", "intent", "confidence", "parser", "entities", "replies", "status", "case", "elapsed_ms"
}  # fmt: skip
REPLY_KEYS = {"text", "quick_replies", "citations", "attachments"}
THANKS = phrases()["thanks"].text


def test_a_person_reads_the_answer() -> None:
    result = run("ask", "谢谢")

    assert (result.exit_code, result.stderr) == (0, "")
    assert THANKS in result.stdout
    assert "{" not in result.stdout


def test_a_program_reads_one_object_with_the_contracts_keys() -> None:
    result = run("ask", "--json", "谢谢", "你们")
    [told] = objects(result)

    assert result.exit_code == 0
    assert set(told) == KEYS
    assert (told["text"], told["intent"], told["parser"]) == ("谢谢 你们", "thanks", "rules")
    assert [set(reply) for reply in told["replies"]] == [REPLY_KEYS]
    assert (told["status"], told["case"]) == ("bot", None)
    assert told["elapsed_ms"] > 0


def test_a_dash_reads_one_message_a_line() -> None:
    lines = ["谢谢", "", "/human_handoff", "😀", "再见"]
    told = objects(run("ask", "-", "--json", typed="\n".join(lines)))

    assert [answer["text"] for answer in told] == lines
    assert [answer["parser"] for answer in told][2] == "payload"
    assert [answer["status"] for answer in told][:3] == ["bot", "bot", "queued"]


def test_a_session_goes_on_and_others_do_not() -> None:
    first = objects(run("ask", "--json", "--session", "a", "/human_handoff"))
    again = objects(run("ask", "--json", "--session", "a", "谢谢"))
    other = objects(run("ask", "--json", "谢谢"))

    assert [a[0]["status"] for a in (first, again, other)] == ["queued", "queued", "bot"]


def test_a_petition_is_found_with_its_code() -> None:
    [told] = objects(run("ask", "--json", f"{REFERENCE} {CODE}"))

    assert told["case"] == REFERENCE
    assert "办理中" in told["replies"][0]["text"]


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "--nonsense", "x"], ["ask", "--session"]])
def test_what_cannot_be_understood_is_a_usage_error(arguments: list[str]) -> None:
    result = run(*arguments)

    assert result.exit_code == USAGE


def test_nothing_to_read_says_nothing() -> None:
    result = run("ask", "-", "--json")

    assert (result.exit_code, result.stdout) == (0, "")


def test_input_that_is_no_text_is_told_in_a_line() -> None:
    result = run("ask", "-", typed=b"\xff\xfe\n")

    assert result.exit_code == FAILED
    assert complaint(result) == words("not_utf8")


def test_a_database_that_is_none_is_told_in_a_line(home: Path) -> None:
    (home / "sufatong.db").write_bytes(b"this is not a database, it is a letter\n" * 100)

    result = run("ask", "谢谢")

    assert result.exit_code == FAILED
    assert "DATABASE_URL" in complaint(result)


def test_words_are_kept_sealed(home: Path) -> None:
    run("ask", "我叫张三丰")

    with sqlite3.connect(home / "sufatong.db") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    assert "张三丰".encode() not in (home / "sufatong.db").read_bytes()


@pytest.mark.rasa
def test_rasa_reads_where_there_is_one(rasa_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NLU_URLS", rasa_url)
    [told] = objects(run("ask", "--json", "老板欠我三个月工资不给怎么办"))

    assert (told["parser"], told["intent"]) == ("rasa", "legal_labour")
    assert told["replies"][0]["citations"][0]["in_force"] in {True, "attested"}
