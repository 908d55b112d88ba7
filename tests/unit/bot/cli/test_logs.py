"""Logs go to standard error: JSON for programs, readable lines on a terminal."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot.cli.logs import set_up_logs


class Terminal(io.StringIO):
    """Standard error as a person sees it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[None]:
    before = structlog.get_config()
    handlers = logging.root.handlers[:]
    yield
    structlog.configure(**before)
    logging.root.handlers[:] = handlers


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    out, err = capsys.readouterr()
    assert out == ""
    return [json.loads(line) for line in err.splitlines()]


def test_programs_get_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    structlog.get_logger("x").warning("send_failed", code="throttled")

    [line] = lines(capsys)
    assert (line["event"], line["code"], line["level"]) == ("send_failed", "throttled", "warning")
    assert line["timestamp"].endswith("Z")


def test_what_is_below_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    structlog.get_logger("x").info("chatter")
    structlog.get_logger("x").error("trouble")

    assert [line["event"] for line in lines(capsys)] == ["trouble"]


def test_a_failure_brings_its_traceback_in_the_same_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs()
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        structlog.get_logger("x").exception("turn_failed")

    [line] = lines(capsys)
    assert "ZeroDivisionError: division by zero" in line["exception"]


def test_a_person_reads_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    set_up_logs()
    structlog.get_logger("x").warning("send_failed", code="throttled")

    told = sys.stderr
    assert isinstance(told, Terminal)
    assert "send_failed" in told.getvalue()
    assert not told.getvalue().startswith("{")


def test_libraries_that_log_addresses_are_kept_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("httpx", "httpcore", "alembic"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    set_up_logs()

    assert [logging.getLogger(n).level for n in ("httpx", "httpcore", "alembic")] == [30] * 3


def test_the_standard_librarys_records_are_told_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    set_up_logs()
    set_up_logs()
    noisy = logging.getLogger("tests.noisy")
    monkeypatch.setattr(noisy, "level", logging.DEBUG)
    noisy.debug("imported")
    noisy.warning("careful")

    assert capsys.readouterr().err == "WARNING tests.noisy careful\n"


def test_the_server_names_no_address_and_quotes_no_request(
    caplog: pytest.LogCaptureFixture,
) -> None:
    for _ in range(2):
        set_up_logs()
    server = logging.getLogger("aiohttp.server")
    unread = ValueError("GET /secret")
    server.error("Error handling request from %s", "192.0.2.7", exc_info=unread)
    server.error("Unhandled")

    assert caplog.messages == ["request failed: ValueError", "request failed: unknown"]
    assert "192.0.2.7" not in caplog.text
    assert "secret" not in caplog.text
