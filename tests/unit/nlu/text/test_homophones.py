"""Misspellings are put right, and nothing that was right is touched."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.corpus import packaged_database, read_database
from nlu.text.homophones import FILE, put_right, read_table
from nlu.text.normalise import fold

TABLE = read_table()
# Old ways to write the same word; laws of before 2001 do.
OTHER_WAY = ("帐号", "帐户", "转帐")
RIGHT_ALREADY = (
    "村里威信很高的老人",
    "政府的权威信息在哪看",
    "安徽信访局的电话",
    "看tv信号断了",
    "网址是wx.example.com/vx",
    "保险公司不支付保险金",
    "要支付保证金吗",
    "这个要验证吗",
    "结账护士说要补钱",
    "旅行社报名费不退",
    "员工自愿离职",
    "工自己",
    "发工自己的钱",
    "办公资料没了",
    "外公资助我上学",
    "公司年中裁员",
    "其中裁定书有三份",
    "一起素不相识的案子",
    "晚上素菜",
    "法律是怎么规定的",
    "规律是什么",
    "没法圆满解决",
    "没法愿意",
    "谈判绝不让步",
    "人还没脱离昏迷",
    "孩子抚养全靠我一个人",
    "公司相继成立",
    "房子抵押今年到期",
    "高压金属罐",
    "他违约今天才说",
    "酒店预订今天取消",
    "老房动迁",
    "厨房动火作业",
    "物业废弃的房子",
    "电子通信方式",
    "微信方便吗",
    "有人微信仿冒我",
    "请求公正处理",
    "调节员工工资",
    "身份正常吗",
    "街道和城管联合通知",
    "这事不符合通行规矩",
    "被工商认定为无照经营",
    "防暴警察",
    "家暴警察不管",
    "楼上把我家爆管了不赔",
    "加强执行力度",
    "救援住在楼上的老人",
    "我要举报井盖被偷",
)


@pytest.mark.parametrize(("wrong", "right"), [(w, r) for w, (r, _) in TABLE.items()])
def test_every_misspelling_is_put_right(wrong: str, right: str) -> None:
    assert put_right(f"，{wrong}。") == f"，{right}。"
    assert fold(wrong) == wrong != right


@pytest.mark.parametrize("right", sorted({right for right, _ in TABLE.values()}))
def test_no_right_spelling_is_put_right_again(right: str) -> None:
    assert put_right(right) == right


def test_no_misspelling_stands_twice() -> None:
    rows = [line for line in FILE.read_text(encoding="utf-8").splitlines() if "\t" in line]

    assert len(rows) == len(TABLE) + sum(row.startswith("#") for row in rows)


@pytest.mark.parametrize(
    "kept", [(wrong, word) for wrong, (_, words) in TABLE.items() for word in words]
)
def test_words_to_keep_hold_the_misspelling_and_stay(kept: tuple[str, str]) -> None:
    wrong, word = kept

    assert wrong in word
    assert put_right(word) == word


@pytest.mark.parametrize("text", RIGHT_ALREADY)
def test_ordinary_words_of_the_same_characters_stay(text: str) -> None:
    assert put_right(text) == text


def test_no_law_is_rewritten() -> None:
    _, articles = read_database(packaged_database())
    texts = "\n".join(article.text for article in articles)
    for wrong in OTHER_WAY:
        texts = texts.replace(wrong, TABLE[wrong][0])

    assert len(texts) > 1_000_000
    assert put_right(texts) == texts


def test_latin_letters_are_words_of_their_own() -> None:
    assert put_right("加我vx，wx也行") == "加我微信，微信也行"
    assert put_right("银行ka号") == "银行卡号"
    for text in ("www.wx.com", "hvx12", "xv信"):
        assert put_right(text) == text


@given(
    st.lists(
        st.sampled_from([*TABLE, *(right for right, _ in TABLE.values()), "", "的", "x", "。"])
        | st.text(alphabet="".join(sorted({c for wrong in TABLE for c in wrong})), max_size=4)
    ).map("".join)
)
def test_what_was_put_right_stays(text: str) -> None:
    once = put_right(text)

    assert put_right(once) == once


def test_no_misspelling_makes_another_with_a_part_beside_it() -> None:
    parts = {w[:i] for w in TABLE for i in range(len(w))} | {
        w[i:] for w in TABLE for i in range(len(w))
    }
    beside = [pair for w, part in product(TABLE, parts) for pair in (w + part, part + w)]

    assert [text for text in beside if put_right(once := put_right(text)) != once] == []


def test_a_line_is_a_pair_and_what_to_keep(tmp_path: Path) -> None:
    file = tmp_path / "table.tsv"
    file.write_text("# 说明\n\n律是\t律师\t法律是 规律是\nvx\t微信\n", encoding="utf-8")

    assert read_table(file) == {"律是": ("律师", ("法律是", "规律是")), "vx": ("微信", ())}
