"""Imports: each module alone, each room in the layers, values and spelling without libraries."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence

from tests.house.tree import ROOMS, ROOT, dotted, modules, parsed, read

IN_RASAS_PYTHON = "nlu/components/"


def test_every_module_can_be_imported() -> None:
    ours = [dotted(n) for n in modules() if _is_importable(n)]
    lines = "\n".join(f"import {name}" for name in ours)

    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", lines],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )

    assert (ended.stdout, ended.returncode) == ("", 0), ended.stderr


def test_no_import_runs_in_a_circle() -> None:
    """So any module can be the first that a program imports, whatever else it knows of."""
    of = {dotted(name): name for name in modules()}

    order = graphlib.TopologicalSorter({name: set(_ours(of, name)) for name in of})

    assert set(order.static_order()) == set(of)  # raises CycleError, which names the circle


def test_a_circle_is_seen() -> None:
    tree = ast.parse(
        "if TYPE_CHECKING:\n import a\nelse:\n import b.c\ntry:\n from d import e\nfinally:\n pass\n"
        "class F:\n import g\ndef h():\n import i"
    )

    assert {name for node in _at_import(tree.body) for name in _named(node)} == {
        *("b", "b.c", "d", "d.e", "g"),
    }


def test_core_imports_the_standard_library_only() -> None:
    assert _foreign_of("core/") == {}


def test_spelling_and_numbers_are_read_without_libraries() -> None:
    assert _foreign_of("nlu/text/") == {}


def test_every_room_has_its_place_in_the_layers() -> None:
    rules = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]
    layers = next(c for c in rules["contracts"] if c["type"] == "layers")["layers"]
    rooms = {room.strip() for layer in layers for room in layer.split("|")}
    on_disk = {p.parent.name for p in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}

    assert (rooms, set(rules["root_packages"]), on_disk) == (set(ROOMS), set(ROOMS), set(ROOMS))


def _is_importable(name: str) -> bool:
    # __main__ runs the command; the components need Rasa, which lives in its own environment.
    return not name.startswith(IN_RASAS_PYTHON) and not name.endswith("__main__.py")


def _ours(of: Mapping[str, str], name: str) -> Iterator[str]:
    """Modules of ours that are run when a module is imported, before or within it."""
    for node in _at_import(parsed(of[name]).body):
        yield from (found for found in _named(node) if found in of and found != name)


def _at_import(body: Sequence[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """Imports that are run with a module: not what is for types only, or waits in a function."""
    for node in body:
        match node:
            case ast.Import() | ast.ImportFrom():
                yield node
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from _at_import(node.orelse)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                continue
            case _:
                for block in ("body", "orelse", "finalbody"):
                    yield from _at_import(getattr(node, block, []))


def _named(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """Every module that a statement may name, and the packages around it."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    else:
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    for parts in (name.split(".") for name in names):
        yield from (".".join(parts[:n]) for n in range(1, len(parts) + 1))


def _foreign_of(folder: str) -> dict[str, set[str]]:
    found = {name: set(_foreign(name)) for name in modules() if name.startswith(folder)}
    assert found
    return {name: foreign for name, foreign in found.items() if foreign}


def _foreign(name: str) -> Iterator[str]:
    """Modules of other people's that a file imports at its top."""
    for node in parsed(name).body:
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            imported = [node.module or ""]
        else:
            continue
        yield from (i for i in imported if _top(i) not in {*sys.stdlib_module_names, *ROOMS})


def _top(module: str) -> str:
    return module.partition(".")[0]
