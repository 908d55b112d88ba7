"""Training files are read with the line each example stands on; what is unreadable is placed too."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.training_files import Line, read_folder
from nlu.wording import words

GOOD = """\
version: "3.1"
nlu:
- intent: legal_labour
  examples: |

    - 老板欠了[三万](amount)

    - 不发工资
- lookup: district
  examples: |
    - 姑苏
"""


def faults(folder: Path, text: str) -> list[str]:
    (folder / "a.yml").write_text(text, encoding="utf-8")
    lines, found = read_folder(folder)
    assert [line.written for line in lines if line.kind == "intent"] == []
    return [str(fault).removeprefix(f"{folder}/") for fault in found]


def test_every_example_has_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text(GOOD, encoding="utf-8")

    lines, found = read_folder(tmp_path)

    assert found == []
    assert [(line.where, line.kind, line.name, line.written) for line in lines] == [
        (f"{file}:6", "intent", "legal_labour", "老板欠了[三万](amount)"),
        (f"{file}:8", "intent", "legal_labour", "不发工资"),
        (f"{file}:11", "lookup", "district", "姑苏"),
    ]
    assert lines[0].text == "老板欠了三万"


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.yml", "a.yml", "notes.txt"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")

    lines, _ = read_folder(tmp_path)

    assert [Path(line.where).name for line in lines][::3] == ["a.yml:6", "b.yml:6"]


def test_an_example_in_one_line_stands_where_it_begins(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text('nlu:\n- intent: greet\n  examples: "- 你好"\n', encoding="utf-8")

    lines, _ = read_folder(tmp_path)

    assert lines == [Line(where=f"{file}:3", kind="intent", name="greet", written="你好")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nlu: [", "a.yml:1: " + words("bad_yaml", reason="expected the node content, but found '<stream end>'")),
        ("", "a.yml:1: " + words("bad_shape")),
        ("examples: x", "a.yml:1: " + words("bad_shape")),
        ("nlu:\n- 你好\n", "a.yml:2: " + words("bad_shape")),
        ("nlu:\n- examples: |\n    - 你好\n", "a.yml:2: " + words("bad_shape")),
        ("nlu:\n- intent: greet\n", "a.yml:2: " + words("no_examples", name="greet")),
        ("nlu:\n- intent: greet\n  examples: |\n", "a.yml:2: " + words("no_examples", name="greet")),
        ("nlu:\n- intent: greet\n  examples: [你好]\n", "a.yml:2: " + words("no_examples", name="greet")),
        ("nlu:\n- intent: greet\n  examples: |\n    -\n", "a.yml:4: " + words("empty_example")),
        ("nlu:\n- intent: greet\n  examples: |\n    你好\n", "a.yml:4: " + words("not_an_example", text="你好")),
        ("nlu:\n- intent: greet\n  examples: |\n    -你好\n", "a.yml:4: " + words("not_an_example", text="-你好")),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_placed(tmp_path: Path, text: str, told: str) -> None:
    assert faults(tmp_path, text) == [told]


def test_an_example_out_of_line_is_placed(tmp_path: Path) -> None:
    text = "nlu:\n- intent: greet\n  examples: |\n    - 你好\n  - 在吗\n"

    [found] = faults(tmp_path, text)

    assert found.startswith("a.yml:5: ")


def test_a_forgotten_head_is_told(tmp_path: Path) -> None:
    text = "nlu:\n- intent: greet\n  examples: |\n    - 你好\n  examples: |\n    - 在吗\n"
    file = tmp_path / "a.yml"
    file.write_text(text, encoding="utf-8")

    _, found = read_folder(tmp_path)

    assert [str(f) for f in found] == [f"{file}:5: " + words("key_twice", key="examples")]


@pytest.mark.parametrize("content", ["nlu: 你好".encode("gbk"), b"nlu: \x01"])
def test_what_is_no_text_is_told_by_its_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.yml").write_bytes(content)

    lines, found = read_folder(tmp_path)

    assert (lines, [f.where for f in found]) == ([], [str(tmp_path / "a.yml")])
