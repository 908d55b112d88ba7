from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.corpus import LawVersion, Row
from knowledge_base.repeals import repealed_laws, without_repealed

DAY = date(2026, 11, 22)


def version(law: str, published: str, *, imported: bool = True) -> LawVersion:
    day = date.fromisoformat(published)
    return LawVersion(
        id=f"{law}{published}",
        law=law,
        kind="法律",
        published=day,
        effective=day,
        status="现行有效",
        imported=imported,
    )


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        (
            "本法自2021年1月1日起施行。《中华人民共和国婚姻法》、《中华人民共和国继承法》同时废止。",
            ["婚姻法", "继承法"],
        ),
        (
            (
                "1998年5月14日发布的《甲规定》（公安部令第35号）和2007年10月25日发布的"
                "《甲规定修正案》（公安部令第95号）同时废止。"
            ),
            ["甲规定", "甲规定修正案"],
        ),
        ("《乙条例》自本法施行之日起废止。", ["乙条例"]),
        ("《消防条例》第五条同时废止。", []),
        ("依照《甲法》处理，《乙法》同时废止。", ["乙法"]),
        ("依照《甲法》的规定废止合同。", []),
    ],
)
def test_only_laws_repealed_whole_are_found(text: str, laws: list[str]) -> None:
    assert repealed_laws(text) == laws


def test_an_imported_law_is_out_once_a_later_text_repeals_it() -> None:
    old, code = version("婚姻法", "2001-04-28"), version("民法典", "2020-05-28", imported=False)
    rows = {
        old.id: [Row(law_id=old.id, number="第一条", chapter="", text="结婚")],
        code.id: [Row(law_id=code.id, number="第二条", chapter="", text="《婚姻法》同时废止。")],
    }

    assert without_repealed([old, code], rows, DAY) == [code]
    assert without_repealed([old, code], rows, date(2020, 1, 1)) == [old, code]


def test_the_packaged_laws_are_the_databases_business_and_later_versions_live() -> None:
    old = version("甲条例", "1998-01-01", imported=False)
    new = version("甲条例", "2013-01-01")
    text = Row(
        law_id=new.id, number="第九条", chapter="", text="1998年1月1日发布的《甲条例》同时废止"
    )

    assert without_repealed([old, new], {old.id: [], new.id: [text]}, DAY) == [old, new]
