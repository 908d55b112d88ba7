"""Imports: each module alone, each room in the layers, values and spelling without libraries."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator

from tests.house.tree import ROOMS, ROOT, dotted, modules, parsed, read

IN_RASAS_PYTHON = "nlu/components/"


def test_every_module_can_be_imported_alone() -> None:
    ours = [dotted(n) for n in modules() if _is_importable(n)]
    libraries = sorted({i for n in modules() if _is_importable(n) for i in _foreign(n)})

    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.house.imports_alone", *libraries],
        input="\n".join(ours),
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )

    assert (ended.stdout, ended.returncode) == ("", 0), ended.stderr


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
