"""Sizes that keep a file readable at a sitting; raise one only with the reason beside it."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from tests.house.tree import BESIDE, ROOMS, Function, files, functions, lines, parsed

SIZES = {
    "module": (files(*ROOMS, *BESIDE, suffix=".py"), 300),
    "test module": (files("tests", suffix=".py"), 500),
    "template": (files("bot", "console", suffix=".html"), 150),
    "stylesheet": (files("bot", "console", suffix=".css"), 400),
    "JS module": (files("bot", "console", suffix=".js"), 250),
}
FUNCTION_LINES = 40
PARAMETERS = 5
PUBLIC_METHODS = 12

# The first migration writes every table down once; it is a list, not a module to read.
LONG_FILES = {"migrations/versions/0001_first_tables.py"}
LONG_FUNCTIONS = {
    "migrations/versions/0001_first_tables.py upgrade",
    "migrations/versions/0001_first_tables.py downgrade",
}
# The open session and its vault come first, then what and for whom, then who says it, when and
# under which name. A value class would only rename the last three.
MANY_PARAMETERS = {"conversations/threads.py post"}


@pytest.mark.parametrize("kind", SIZES)
def test_no_file_is_too_long(kind: str) -> None:
    names, most = SIZES[kind]

    assert {n: lines(n) for n in names if lines(n) > most and n not in LONG_FILES} == {}


def test_no_function_is_too_long() -> None:
    assert _functions_over(FUNCTION_LINES, _length) - LONG_FUNCTIONS == set()


def test_no_function_takes_too_much() -> None:
    assert _functions_over(PARAMETERS, _parameters) - MANY_PARAMETERS == set()


def test_no_class_does_too_much() -> None:
    found = {
        f"{name} {node.name}": count
        for name in files(*ROOMS, *BESIDE, suffix=".py")
        for node in ast.walk(parsed(name))
        if isinstance(node, ast.ClassDef)
        and (count := sum(_is_public(child) for child in node.body)) > PUBLIC_METHODS
    }

    assert found == {}


def test_every_exception_is_still_needed() -> None:
    assert {n for n in LONG_FILES if lines(n) > SIZES["module"][1]} == LONG_FILES
    assert _functions_over(FUNCTION_LINES, _length) & LONG_FUNCTIONS == LONG_FUNCTIONS
    assert _functions_over(PARAMETERS, _parameters) & MANY_PARAMETERS == MANY_PARAMETERS


def _functions_over(most: int, measure: Callable[[Function], int]) -> set[str]:
    return {
        f"{name} {label}"
        for name in files(*ROOMS, *BESIDE, suffix=".py")
        for label, function in functions(name)
        if measure(function) > most
    }


def _length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _parameters(function: Function) -> int:
    given = function.args
    names = [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def _is_public(node: ast.stmt) -> bool:
    return isinstance(node, Function) and not node.name.startswith("_")
