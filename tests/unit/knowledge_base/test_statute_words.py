from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.statute_words import PARTS, StatuteWords, open_statute_words
from knowledge_base.statutes import Statute, Statutes

ARTICLES = [
    ("劳动合同法", "经济补偿", "按工作年限支付"),
    ("劳动合同法", "劳动报酬", "用人单位应当及时足额支付"),
    ("民法典", "离婚", "夫妻一方要求离婚的"),
    ("民法典", "继承", "遗产按照顺序继承"),
]
QUERY = {"劳动": 1.0, "补偿": 1.0}


@pytest.fixture
def statutes() -> Statutes:
    return Statutes(
        [
            Statute(law=law, number=f"第{n}条", text=text, chapter=chapter, searched=True)
            for n, (law, chapter, text) in enumerate(ARTICLES)
        ],
        on=date(2026, 11, 22),
    )


def marks(words: StatuteWords) -> list[list[float]]:
    found = (words.of_articles, words.of_chapters, words.of_laws, words.of_headings)
    return [[round(float(score), 4) for score in of(QUERY)] for of in found]


def test_law_and_chapter_are_fields_of_their_own(statutes: Statutes) -> None:
    articles, chapters, laws, headings = marks(open_statute_words(statutes))
    for scores in (articles, chapters, headings):
        assert scores[0] > scores[1] > 0.0
    assert laws[0] == laws[1] > 0.0
    assert articles[2:] == chapters[2:] == laws[2:] == headings[2:] == [0.0, 0.0]


def test_what_is_kept_is_read_again_and_a_damaged_file_built_anew(
    statutes: Statutes, tmp_path: Path
) -> None:
    first = marks(open_statute_words(statutes, tmp_path))
    files = sorted(tmp_path.iterdir())
    assert len(files) == len(PARTS)
    written = [file.stat().st_mtime_ns for file in files]

    assert marks(open_statute_words(statutes, tmp_path)) == first
    assert [file.stat().st_mtime_ns for file in files] == written
    files[2].write_bytes(b"broken")
    assert marks(open_statute_words(statutes, tmp_path)) == first


def test_without_statutes_nothing_is_found() -> None:
    words = open_statute_words(Statutes([], on=date(2026, 11, 22)))
    assert words.of_articles(QUERY).tolist() == []
    assert np.asarray(words.of_laws(QUERY)).tolist() == []
