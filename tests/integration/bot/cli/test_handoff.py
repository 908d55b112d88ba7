"""`python -m bot handoff …`: who waits, answering, closing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from actions.phrases import phrases
from bot.bootstrap import open_store
from bot.cli.speech import FAILED, USAGE, words
from bot.preparation import migrate
from bot.settings import Settings
from tests.integration.bot.cli.typed import complaint, run
from tests.integration.talk import answers, make_engine, message, store

PHONE = "13812345678"


@pytest.fixture
def waiting(home: Path) -> str:
    """A citizen who gave their number and asked for a person; gives the conversation's id."""

    async def work() -> str:
        db = open_store(Settings())
        await migrate(db)
        told = message(f"我的电话是{PHONE}\n请回电")
        received, _ = await store(db, told, message(payload="human_handoff"))
        await make_engine(db).answer(received.conversation_id)
        await db.close()
        return received.conversation_id

    return asyncio.run(work())


def said(conversation_id: str) -> list[str]:
    async def work() -> list[str]:
        db = open_store(Settings())
        try:
            return await answers(db, conversation_id)
        finally:
            await db.close()

    return asyncio.run(work())


@pytest.mark.usefixtures("waiting")
def test_the_queue_is_shown_without_anybodys_number() -> None:
    result = run("handoff", "list")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("R-0001")
    assert words("state_queued") in result.stdout
    assert words("who_citizen") in result.stdout
    assert words("who_bot") in result.stdout
    assert PHONE not in result.stdout
    assert "请回电" in result.stdout


def test_nobody_waits() -> None:
    run("migrate")
    result = run("handoff", "list")

    assert (result.exit_code, result.stdout.strip()) == (0, words("queue_empty"))


def test_without_tables_one_line_says_what_to_do() -> None:
    result = run("handoff", "list")

    assert result.exit_code == FAILED
    assert "make run" in complaint(result)


@pytest.mark.parametrize("number", ["R-0001", "r-0001", "1", "0001"])
def test_an_answer_goes_to_the_citizen(waiting: str, number: str) -> None:
    result = run("handoff", "reply", number, "我来了", "--as", "王")

    assert (result.exit_code, result.stdout.strip()) == (0, words("replied"))
    assert said(waiting)[-1] == "我来了"
    listed = run("handoff", "list").stdout
    assert words("state_assigned", agent="王") in listed
    assert words("who_staff") in listed


def test_a_conversation_belongs_to_who_answered_first(waiting: str) -> None:
    run("handoff", "reply", "1", "我来了", "--as", "王")
    for command in (["reply", "1", "我也来了"], ["close", "1"]):
        result = run("handoff", *command, "--as", "李")

        assert result.exit_code == FAILED
        assert complaint(result) == words("already_taken", number="1")
    assert said(waiting)[-1] == "我来了"


def test_closing_gives_the_conversation_back(waiting: str) -> None:
    result = run("handoff", "close", "R-0001", "--as", "王")

    assert (result.exit_code, result.stdout.strip()) == (0, words("closed"))
    assert said(waiting)[-1] == phrases()["handoff_closed"].text
    assert run("handoff", "list").stdout.strip() == words("queue_empty")
    assert run("handoff", "close", "R-0001", "--as", "王").exit_code == FAILED


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("command", [["reply", "7", "在吗"], ["close", "R-0007"]])
def test_a_number_nobody_has_is_told(command: list[str]) -> None:
    result = run("handoff", *command)

    assert result.exit_code == FAILED
    assert complaint(result) == words("no_such_handoff", number=command[1])


@pytest.mark.parametrize("number", ["abc", "R-", "-", "R--1", "1.5", "9" * 10, "9" * 5000])
def test_what_is_no_number_is_a_usage_error(waiting: str, number: str) -> None:
    result = run("handoff", "reply", "--as", "王", "--", number, "在吗")

    assert result.exit_code == USAGE
    assert complaint(result) == words("no_such_handoff", number=number)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_answer_is_not_sent(waiting: str, text: str) -> None:
    before = said(waiting)
    result = run("handoff", "reply", "1", text, "--as", "王")

    assert result.exit_code == USAGE
    assert complaint(result) == words("reply_empty")
    assert said(waiting) == before


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("请把验证码告诉我", "code"),
        ("您的银行卡密码是多少", "password"),
        ("请把钱转到安全账户", "transfer"),
    ],
)
def test_what_staff_never_ask_for_is_not_sent(waiting: str, text: str, what: str) -> None:
    before = said(waiting)
    result = run("handoff", "reply", "1", text, "--as", "王")

    assert result.exit_code == USAGE
    assert complaint(result) == words(f"never_asked_{what}")
    # Refused before anything was done: nobody has taken the chat either.
    assert said(waiting) == before
    assert words("state_queued") in run("handoff", "list").stdout


def test_the_citizen_is_told_once_who_serves(waiting: str) -> None:
    before = said(waiting)
    for text in ("我来了", "请说"):
        run("handoff", "reply", "1", text, "--as", "王")

    announced = phrases()["handoff_taken"].text.replace("$agent", "王")
    assert said(waiting)[len(before) :] == [announced, "我来了", "请说"]
