"""A changed entry is put in its place, and every other byte stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.entries import Draft, load_drafts
from knowledge_base.errors import BadData
from knowledge_base.faq_files import placed, rewritten
from knowledge_base.faq_yaml import entry_yaml

from .conftest import MakeDraft

HEAD = "# 劳动的问答，律师看过。\n\n"
BETWEEN = "\n# ---- 下面是工资 ----\n\n"
TAIL = "\n# 完\n"


@pytest.fixture
def folder(tmp_path: Path, make_draft: MakeDraft) -> Path:
    odd = entry_yaml(make_draft("second")).replace("hotlines: [", "hotlines:  [")
    text = HEAD + entry_yaml(make_draft("first")) + BETWEEN + odd + TAIL
    (tmp_path / "labour.yml").write_bytes(text.encode())
    other = make_draft("third", intent="legal_marriage")
    (tmp_path / "marriage.yml").write_bytes(entry_yaml(other).encode())
    return tmp_path


def after(folder: Path, *drafts: Draft) -> dict[str, str]:
    before = load_drafts(folder).drafts
    found = rewritten(folder, before, placed(before, drafts))
    return {path.name: content.decode() for path, content in found.items()}


def test_only_the_changed_entry_is_rewritten(folder: Path, make_draft: MakeDraft) -> None:
    before = (folder / "labour.yml").read_text(encoding="utf-8")
    changed = make_draft("first", answer="换了一句。")

    files = after(folder, changed, make_draft("second"))

    old, new = entry_yaml(make_draft("first")), entry_yaml(changed)
    assert files == {"labour.yml": before.replace(old, new)}


def test_comments_round_the_last_entry_stay(folder: Path, make_draft: MakeDraft) -> None:
    changed = make_draft("second", answer="换了一句。")

    (text,) = after(folder, changed).values()

    assert text.startswith(HEAD + entry_yaml(make_draft("first")) + BETWEEN)
    assert text.endswith(entry_yaml(changed) + TAIL)


def test_nothing_changed_nothing_written(folder: Path) -> None:
    assert after(folder, *load_drafts(folder).entries) == {}


@pytest.mark.parametrize(
    ("intent", "file"),
    [
        ("legal_labour", "labour.yml"),
        ("legal_marriage", "marriage.yml"),
        ("legal_space", "space.yml"),
        ("hotline", "hotline.yml"),
    ],
)
def test_a_new_entry_goes_to_its_intents_file(
    folder: Path, make_draft: MakeDraft, intent: str, file: str
) -> None:
    new = make_draft("new", intent=intent)
    path = folder / file
    before = path.read_text(encoding="utf-8") if path.exists() else ""

    (found,) = after(folder, new).items()

    assert found == (file, before + ("\n" if before else "") + entry_yaml(new))


def test_windows_line_ends_stay(folder: Path, make_draft: MakeDraft) -> None:
    path = folder / "labour.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    (text,) = after(folder, make_draft("second", answer="换了。"), make_draft("new")).values()

    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize("text", ["[{id: x}]", "-\n  id: x\n", "--- [{id: x}]"])
def test_a_file_laid_out_otherwise_is_left_to_its_author(
    tmp_path: Path, make_draft: MakeDraft, text: str
) -> None:
    draft = make_draft("x")
    (tmp_path / "labour.yml").write_text(text, encoding="utf-8")

    with pytest.raises(BadData, match=r"labour\.yml"):
        rewritten(
            tmp_path, [("labour.yml", draft)], [("labour.yml", make_draft("x", answer="改"))]
        )


def test_what_would_not_be_read_back_is_not_written(folder: Path, make_draft: MakeDraft) -> None:
    before = load_drafts(folder).drafts
    (folder / "labour.yml").write_text(entry_yaml(make_draft("stranger")), encoding="utf-8")

    with pytest.raises(BadData, match="排法"):
        rewritten(folder, before, placed(before, [make_draft("first", answer="改")]))
