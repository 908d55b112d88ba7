"""What citizens read lives in YAML beside the code, where people who write can change it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.tree import modules, parsed

SENTENCE = re.compile(r"[\u3400-\u9fff]{5,}")


def test_no_sentence_for_citizens_stands_in_code() -> None:
    found = {f"{name}:{line}": text for name in modules() for line, text in _sentences(name)}

    assert found == {}


def _sentences(name: str) -> Iterator[tuple[int, str]]:
    tree = parsed(name)
    # A string that is a whole statement is a docstring.
    spoken = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in spoken
            and SENTENCE.search(node.value)
        ):
            yield node.lineno, node.value
