"""The page of pictures is drawn from the files, and is not stale."""

from __future__ import annotations

import re
from pathlib import Path

from actions.pathways.loading import pathways
from actions.pathways.picture import page, steps
from actions.pathways.spec import Pathway

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "pathways.md"
EDGE = re.compile(r'^  n_(\w+) -- "[^"]+" --> n_(\w+)$', re.MULTILINE)
DRAWN = re.compile(r"^  n_(\w+)[\[{]", re.MULTILINE)


def test_the_page_is_what_the_files_say() -> None:
    """If this fails: python -m bot kb pathways."""
    assert PAGE.read_text(encoding="utf-8") == page(pathways().values())


def test_every_node_and_every_way_is_drawn() -> None:
    for pathway in pathways().values():
        text = page([pathway])
        assert set(DRAWN.findall(text)) == set(pathway.nodes)
        assert set(EDGE.findall(text)) == _ways(pathway)
        assert all(f"| {step.title} |" in text for step in steps(pathway))


def test_nothing_in_a_label_breaks_the_picture() -> None:
    text = page(pathways().values())
    labels = re.findall(r'"([^"\n]+)"', text)

    assert [label for label in labels if set(label) & set("[]{}|;#")] == []
    assert text.count("```mermaid") == len(pathways())


def _ways(pathway: Pathway) -> set[tuple[str, str]]:
    return {(name, to) for name, node in pathway.nodes.items() for to in node.exits.values()}
