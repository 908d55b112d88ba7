"""Which dispute a message names."""

from __future__ import annotations

import pytest

from actions.pathways.choosing import FIRST, disputes, list_of, of_entry
from actions.pathways.loading import pathways
from core.messages import Parse


def named(text: str, *ranking: str) -> list[str]:
    ranked = tuple((name, 0.2) for name in ranking)
    parse = Parse(text=text, intent="pathway", confidence=0.8, parser="rasa", ranking=ranked)
    return [pathway.name for pathway in disputes(parse)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("老板拖欠工资我该走哪条路", "wages"),
        ("公司把我辞退了，先仲裁还是先起诉", "dismissal"),
        ("工地受伤了该找谁", "injury"),
        ("朋友欠钱不还是报警还是起诉", "loan"),
        ("押金不退找哪个部门", "deposit"),
        ("离婚先去民政还是法院", "divorce"),
        ("老公打我我该先走哪一步", "violence"),
        ("車禍以後怎麼走", "traffic"),
        ("健身卡退款先投诉还是起诉", "consumer"),
        ("开发商延期交房我该怎么走", "house"),
        ("楼上漏水先找谁", "neighbour"),
        ("公司把我辞了 第一步去哪", "dismissal"),
        ("不服交警定的责任 复核还是起诉", "traffic"),
        ("村里征地补偿少算了 走哪条路", "authority"),
        ("拆迁补偿不服走复议还是诉讼 行政复议", "authority"),
    ],
)
def test_a_dispute_by_its_words(text: str, name: str) -> None:
    assert named(text) == [name]


def test_a_word_of_two_disputes_names_both() -> None:
    assert named("该去劳动监察还是去仲裁") == ["wages", "dismissal"]


def test_a_dispute_by_what_it_was_read_as() -> None:
    assert named("我跟他这个事先找谁", "pathway", "legal_lending") == ["loan"]
    assert named("先找谁", "pathway", "legal_labour") == ["wages", "dismissal"]
    assert named("先找谁", "pathway", "legal_criminal") == []


def test_the_list_is_shown_in_two_pages() -> None:
    first, second = list_of(()), list_of((), page="2")
    both = [b.payload for page in (first, second) for b in page.quick_replies]

    assert len(first.quick_replies) == FIRST + 1
    assert {f"pathway/{name}" for name in pathways()} <= set(both)
    assert first.quick_replies[-1].payload == "pathway/other=2"


def test_those_that_may_be_meant_come_alone() -> None:
    shown = list_of([pathways()["wages"], pathways()["dismissal"]]).quick_replies

    assert [b.payload for b in shown] == ["pathway/wages", "pathway/dismissal", "pathway/other"]


def test_an_answer_knows_its_pathway() -> None:
    found = of_entry("lending-no-iou")

    assert found is not None
    assert found.name == "loan"
    assert of_entry("notary-will") is None
