"""Names are told from roles, places and the rest of what is written about somebody."""

from __future__ import annotations

import pytest

from cases.counsel.names import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三", {"张三"}),
        ("房东张三，电话 138 1234-5678", {"张三", "13812345678"}),
        ("楼上 501 的李四和王小明", {"李四", "王小明"}),
        ("我前夫 赵六先生", {"赵六"}),
        ("昆山顺达电子有限公司", {"昆山顺达电子"}),
        ("昆山顺达电子", {"昆山顺达电子"}),
        ("JOHN SMITH, phone ０５１２-65213211", {"john smith", "051265213211"}),
        ("买买提·艾力", {"买买提·艾力"}),
        ("王晓路，住人民中路 8 号", {"王晓路"}),
        ("32050319900308007X", {"32050319900308007x"}),
    ],
)
def test_a_name_or_a_number_is_found(text: str, names: set[str]) -> None:
    assert names_in([text]) == names


@pytest.mark.parametrize(
    "text",
    [
        "房东",
        "张老板",
        "王某",
        "某某公司",
        "楼上 501",
        "我老公",
        "姑苏区平江街道",
        "不知道",
        "",
        "123456",
    ],
)
def test_what_tells_nobody_is_no_name(text: str) -> None:
    assert names_in([text]) == frozenset()
