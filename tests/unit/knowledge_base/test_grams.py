from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.grams import Grams, pieces

TEXTS = st.text(alphabet="押金不退工资怎么办ab1 ，", max_size=12)
GROUPS = st.lists(st.lists(TEXTS, min_size=1, max_size=3), min_size=1, max_size=4)


def test_chinese_is_cut_into_runs_and_words_stay_whole() -> None:
    assert list(pieces("退押金，APP")) == ["退", "押", "金", "退押", "押金", "退押金", "app"]


def test_full_width_and_traditional_characters_are_the_same_pieces() -> None:
    assert list(pieces("ＡＰＰ退錢")) == list(pieces("app退钱"))


def test_the_group_that_says_it_is_nearest() -> None:
    near = Grams([["房东不退押金", "押金要不回来"], ["老板不发工资"]]).of("押金不给退")
    assert near[0] > near[1] > 0


def test_a_misspelt_word_still_shares_its_other_characters() -> None:
    near = Grams([["申请劳动仲裁"], ["申请法律援助"]]).of("劳动仲才")
    assert near[0] > near[1]


def test_a_rare_piece_weighs_more_than_a_common_one() -> None:
    near = Grams([["怎么办押金"], ["怎么办工资"], ["怎么办"]]).of("怎么办押金")
    assert near[0] > near[2] > near[1]


def test_what_nobody_says_is_near_to_nothing() -> None:
    assert Grams([["押金"], ["工资"]]).of("zzz").tolist() == [0.0, 0.0]


@given(GROUPS, TEXTS)
def test_nearness_is_a_cosine(groups: list[list[str]], text: str) -> None:
    near = Grams(groups).of(text)
    assert near.shape == (len(groups),)
    assert ((near >= 0) & (near <= 1 + 1e-5)).all()


@given(GROUPS)
def test_a_text_is_as_near_as_can_be_to_itself(groups: list[list[str]]) -> None:
    text = groups[0][0]
    own = Grams([[text], ["别的"]]).of(text)[0]
    assert own == pytest.approx(1.0 if list(pieces(text)) else 0.0, abs=1e-5)
