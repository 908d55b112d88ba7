"""The files under ``nlu/data/``: each example with its line, and each place that is unreadable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.wording import words

PROJECT = Path(__file__).parent.parent
ANNOTATION = re.compile(r"\[([^\[\]]+)\]\((\w+)\)")
# What a block of examples may be for.
KINDS = ("intent", "regex", "lookup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One example as it is written; ``name`` is the intent's or, of a pattern, the entity's.

    ``where`` is ``nlu/data/urgent.yml:12``, lines counted from 1.
    """

    where: str
    kind: str
    name: str
    written: str

    @property
    def text(self) -> str:
        """What a citizen types: without annotations."""
        return ANNOTATION.sub(r"\1", self.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong, and where; told to people as ``file:line: what``."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def read_folder(folder: Path) -> tuple[list[Line], list[Fault]]:
    """Every example of a folder's files in order, and every place that cannot be read."""
    found = [thing for path in sorted(folder.glob("*.yml")) for thing in _read(path)]
    return [f for f in found if isinstance(f, Line)], [f for f in found if isinstance(f, Fault)]


def _read(path: Path) -> Iterator[Line | Fault]:
    file = str(path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path)
    try:
        root = _composed(path.read_text(encoding="utf-8"))
    except UnicodeError:
        yield Fault(where=file, what=words("bad_encoding"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{file}:{mark.line + 1}" if mark else file
        yield Fault(where=where, what=words("bad_yaml", reason=error.problem))
    except yaml.YAMLError as error:  # a character that YAML does not allow
        yield Fault(where=file, what=words("bad_yaml", reason=str(error).splitlines()[0]))
    else:
        section = _fields(root).get("nlu")
        if not isinstance(section, yaml.SequenceNode):
            yield Fault(where=f"{file}:1", what=words("bad_shape"))
            return
        for block in section.value:
            yield from _read_block(file, block)


def _composed(text: str) -> yaml.Node | None:
    """The document, by libyaml in a tenth of the time; what is wrong the other one says better."""
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _read_block(file: str, block: yaml.Node) -> Iterator[Line | Fault]:
    fields = _fields(block)
    kind = next((k for k in KINDS if isinstance(fields.get(k), yaml.ScalarNode)), None)
    if kind is None:
        yield Fault(where=_place(file, block), what=words("bad_shape"))
        return
    yield from _keys_twice(file, block)
    name, examples = fields[kind].value, fields.get("examples")
    if not isinstance(examples, yaml.ScalarNode) or not examples.value.strip():
        yield Fault(where=_place(file, block), what=words("no_examples", name=name))
        return
    for where, line in _lines(file, examples):
        if line == "-":
            yield Fault(where=where, what=words("empty_example"))
        elif not line.startswith("- "):
            yield Fault(where=where, what=words("not_an_example", text=line))
        else:
            yield Line(where=where, kind=kind, name=name, written=line[2:].strip())


def _fields(node: yaml.Node | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _keys_twice(file: str, block: yaml.Node) -> Iterator[Fault]:
    """YAML would silently take the second, and the first one's examples would be lost."""
    seen: set[str] = set()
    for key, _ in block.value:
        if key.value in seen:
            yield Fault(where=_place(file, key), what=words("key_twice", key=key.value))
        seen.add(key.value)


def _lines(file: str, examples: yaml.ScalarNode) -> Iterator[tuple[str, str]]:
    # The text of a literal block (|) begins on the line below and keeps its lines; of any other
    # style only the first line is known.
    first, literal = examples.start_mark.line + 1, examples.style == "|"
    for number, line in enumerate(examples.value.split("\n"), 1):
        if line.strip():
            yield f"{file}:{first + number if literal else first}", line.strip()


def _place(file: str, node: yaml.Node) -> str:
    return f"{file}:{node.start_mark.line + 1}"
