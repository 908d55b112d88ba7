"""What the terminal says, and how commands end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from string import Template

import typer
import yaml
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from core.errors import AppError
from nlu.checks import FaultyTraining

USAGE = 2
FAILED = 1


@cache
def _wording() -> dict[str, str]:
    path = Path(__file__).parent / "wording.yml"
    wording: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return wording


def words(key: str, **values: object) -> str:
    """A sentence with its ``$names`` filled."""
    return Template(_wording()[key]).substitute(values)


def say(key: str, **values: object) -> None:
    """Print a sentence on standard output."""
    typer.echo(words(key, **values))


def note(key: str, **values: object) -> None:
    """Print a sentence on standard error, where it does not disturb what programs read."""
    typer.echo(words(key, **values), err=True)


@contextmanager
def clear_errors() -> Iterator[None]:
    """One clear line on standard error and an exit code for what the work may raise."""
    try:
        yield
    except FaultyTraining as error:
        note("training_faulty", count=len(error.faults), faults=error)
        raise typer.Exit(USAGE) from None
    except AppError as error:
        note("failed", reason=error)
        raise typer.Exit(FAILED) from None
    except ValidationError as error:
        # The settings' names only: their values may be secrets.
        names = ", ".join(str(fault["loc"][0]).upper() for fault in error.errors() if fault["loc"])
        note("setting_wrong", names=names)
        raise typer.Exit(USAGE) from None
    except UnicodeError:
        note("not_utf8")
        raise typer.Exit(FAILED) from None
    except BrokenPipeError:
        raise  # whoever read our output has enough; typer ends quietly
    except (SQLAlchemyError, ConnectionError, TimeoutError) as error:
        note("database_missing", reason=str(error).splitlines()[0])
        raise typer.Exit(FAILED) from None
    except OSError as error:
        note("failed", reason=error)
        raise typer.Exit(FAILED) from None


def existing(path: Path) -> Path:
    """The path, or exit code 2 when there is no such file."""
    if not path.is_file():
        note("file_missing", path=path)
        raise typer.Exit(USAGE)
    return path


def progress(step: str) -> None:
    """Say which long step begins; nothing when it has no sentence."""
    key = f"starting_{step}"
    if key in _wording():
        note(key)
        sys.stderr.flush()
