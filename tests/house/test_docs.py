"""The docs are true: links lead somewhere, commands and their options exist, changes are told."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import typer.main
from typer.core import TyperGroup

from bot.cli.app import app
from bot.settings import Settings
from tests.house.tree import ROOT, dotted, read, tracked

PAGES = tuple(n for n in tracked() if n.endswith(".md"))
LINK = re.compile(r"\]\(<?([^)\s>]+)>?\)")
COMMAND = re.compile(r"python -m bot((?:[ \t]+[^\s`|#;&()（，。；：<>]+)*)")
TARGET = re.compile(r"(?:`|^    |\$ )make ([a-z-]+)", re.MULTILINE)
ASSIGNED = re.compile(r"(?:`|^|\s)([A-Z][A-Z_]{3,})=", re.MULTILINE)
FENCE = re.compile(r"```.*?```", re.DOTALL)
FRAGMENT = re.compile(r"changelog\.d/[\w.+-]+\.(?:added|changed|fixed|content|security)\.md")
# Variables in the docs that are not settings of ours.
NOT_SETTINGS = {"RASA_PYTHON", "PYTHON", "TEST_POSTGRESQL", "BODY_URL", "BODY_SECRET"}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    here = (ROOT / page).parent

    assert [t for t in _targets(page) if not (here / t.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_exists(page: str) -> None:
    assert [c for c in COMMAND.findall(read(page)) if not _exists(c.split())] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_exists(page: str) -> None:
    known = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))

    assert set(TARGET.findall(read(page))) - known == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_named_exists(page: str) -> None:
    known = {name.upper() for name in Settings.model_fields} | NOT_SETTINGS

    assert set(ASSIGNED.findall(read(page))) - known == set()


def test_every_command_is_documented() -> None:
    told = read("docs/reference/commands.md")

    assert [" ".join(c) for c in _commands(_root()) if f"bot {' '.join(c)}" not in told] == []


def test_every_address_is_documented() -> None:
    served = [
        *_routes("bot/web/app.py"),
        *(f"/console{p}" for p in _routes("console/app.py")),
        *(f"/open311/v2{p}" for p in _routes("bot/web/open311/app.py")),
    ]
    told = read("docs/reference/http.md") + read("docs/reference/open311.md")

    assert served
    assert [path for path in served if f"`{path}`" not in re.sub(r"(GET|POST) ", "", told)] == []


def test_every_module_named_exists() -> None:
    """Paths of ours in code spans of the docs; a name ending in … or * stands for many."""
    rooms = "|".join({dotted(n).partition(".")[0] for n in tracked() if n.endswith(".py")})
    path = re.compile(rf"`((?:{rooms}|docs|requirements)/[\w./-]+\.\w+)`")
    named = {(page, p) for page in PAGES for p in path.findall(read(page))}

    assert sorted((page, p) for page, p in named if not (ROOT / p).exists()) == []


def test_changes_are_told_in_fragments() -> None:
    kept = [n for n in tracked() if n.startswith("changelog.d/") and not n.endswith("README.md")]

    assert [n for n in kept if not FRAGMENT.fullmatch(n)] == []
    assert kept or "\n## " in read("CHANGELOG.md")


def _targets(page: str) -> Iterator[str]:
    for target in LINK.findall(FENCE.sub("", read(page))):
        if not target.startswith(("http://", "https://", "mailto:", "#")):
            yield target


def _routes(name: str) -> list[str]:
    found: list[str] = re.findall(r'web\.(?:get|post)\("([^"]*)"', read(name))
    return found


def _exists(words: list[str]) -> bool:
    """Whether the words lead to a command, and the options after it are that command's."""
    group, rest = _root(), list(words)
    options: set[str] = set()
    while rest and not rest[0].startswith("-"):
        if rest[0] in {"…", "..."}:
            return True
        command = group.commands.get(rest.pop(0))
        if command is None:
            return False
        options = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
        if not isinstance(command, TyperGroup):
            break
        group = command
    return all(w.partition("=")[0] in options | {"--help"} for w in rest if w.startswith("--"))


def _commands(group: TyperGroup, *above: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands(command, *above, name)
        else:
            yield (*above, name)


def _root() -> TyperGroup:
    command = typer.main.get_command(app)
    assert isinstance(command, TyperGroup)
    return command
