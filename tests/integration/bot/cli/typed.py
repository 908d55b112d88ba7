"""A command as it is typed, and what came of it."""

from __future__ import annotations

import json
from typing import Any

from typer.testing import CliRunner, Result

from bot.cli.app import app


def run(*arguments: str, typed: str | bytes = "") -> Result:
    """Run `python -m bot` with these arguments."""
    return CliRunner().invoke(app, arguments, input=typed)


def objects(result: Result) -> list[dict[str, Any]]:  # Any: JSON
    """The JSON lines that were printed."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def complaint(result: Result) -> str:
    """The one line on standard error, nothing being on standard output."""
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    return line
