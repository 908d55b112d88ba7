from __future__ import annotations

import pytest

from knowledge_base.repair import mend


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("期间依照本法。\n第二编 物 权\n第一分编 通 则", "期间依照本法。"),
        ("应当赔偿。\n第五编 婚姻家庭", "应当赔偿。"),
        ("简约适度的生活方式， 自觉履行义务", "简约适度的生活方式，自觉履行义务"),
        (
            "本法自 2026年8月15日起施行。 《环境法》同时废止",
            "本法自2026年8月15日起施行。《环境法》同时废止",
        ),
        ("依照本法第二章 的规定，处罚。", "依照本法第二章的规定，处罚。"),
    ],
)
def test_headings_and_stray_blanks_are_taken_out(raw: str, mended: str) -> None:
    assert mend(raw) == mended


def test_a_sentence_broken_over_lines_is_joined() -> None:
    raw = "各级人民政府应当加强对农业污染源的监测预警，并且统筹\n有关部门采取有效措施。\n第二款。"
    joined = "各级人民政府应当加强对农业污染源的监测预警，并且统筹有关部门采取有效措施。\n第二款。"
    assert mend(raw) == joined


def test_items_keep_their_lines() -> None:
    raw = "有下列情形之一的，用人单位应当向劳动者支付经济补偿\n（一）解除的；\n（二）终止的。"
    assert mend(raw) == raw


def test_columns_of_an_annexed_table_stay_apart() -> None:
    raw = "税目     税率\n甲类     百分之五"
    assert mend(raw) == raw
