"""The project as the house rules see it: its rooms, modules and tracked files."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROOMS = (
    "actions", "alerts", "antifraud", "bodies", "bot", "cases", "console", "conversations", "core", "db", "documents",
    "encoder", "handoff", "knowledge_base", "nlu", "timekeeping",
)  # fmt: skip
BESIDE = ("migrations", "benchmarks")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> tuple[str, ...]:
    """Files that git keeps, or would keep when added; paths from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return tuple(sorted(name for name in listed if name and (ROOT / name).is_file()))


def files(*folders: str, suffix: str) -> tuple[str, ...]:
    """Tracked files under any of the folders with that ending."""
    starts = tuple(f"{folder}/" for folder in folders)
    return tuple(n for n in tracked() if n.startswith(starts) and n.endswith(suffix))


def modules() -> tuple[str, ...]:
    """Every Python file of the application."""
    return files(*ROOMS, suffix=".py")


def read(name: str) -> str:
    """A tracked file's text."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def parsed(name: str) -> ast.Module:
    """A tracked Python file as a tree."""
    return ast.parse(read(name), filename=name)


def lines(name: str) -> int:
    """How many lines a file has."""
    return len(read(name).splitlines())


def functions(name: str) -> Iterator[tuple[str, Function]]:
    """Every function of a file with its name among classes: ``Relay.once``."""
    for node in ast.walk(parsed(name)):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                inside = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
                yield f"{inside}{child.name}", child


def dotted(name: str) -> str:
    """A file as it is imported: ``bot/cli/app.py`` → ``bot.cli.app``."""
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
