from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.lint import LintReport, lint, questions_alike

from .conftest import DAY

GOOD: dict[str, Any] = {  # Any: a field
    "id": "labour-wages",
    "intent": "legal_labour",
    "title": "被拖欠工资",
    "question": "老板拖欠工资怎么办？",
    "variants": [
        "干了三个月没给钱",
        "工资一直不发",
        "包工头跑了",
        "工钱没结",
        "欠薪找谁",
        "工资条是假的",
    ],
    "answer": "可以申请支付令（《劳动合同法》第三十条）。",
    "next_step": "先打 12333",
    "time_limit": None,
    "hotlines": ["12333"],
    "detail": "带上考勤记录。",
    "citations": [
        {"law": "劳动合同法", "article": "第三十条", "key": "依法向当地人民法院申请支付令"}
    ],
    "related": [],
    "source": "facts §5.1",
    "checked_on": "2026-11-22",
    "status": "published",
}
OTHER: dict[str, Any] = GOOD | {  # Any: a field
    "id": "rental-deposit",
    "question": "房东不退押金怎么办？",
    "variants": ["退租要不回来", "中介扣着钱", "租约到期了", "说墙脏了", "房子退了", "搬走一个月"],
}


def linted(folder: Path, *entries: dict[str, Any]) -> LintReport:  # Any: a field
    (folder / "faq.yml").write_text(yaml.safe_dump(list(entries)), encoding="utf-8")
    return lint(DAY, {"legal_labour", "hotline"}, folder=folder)


def test_good_entries_have_no_fault(tmp_path: Path) -> None:
    assert linted(tmp_path, GOOD, OTHER) == LintReport(entries=2, citations=2, faults=())


def cited(law: str, article: str, key: str) -> dict[str, Any]:  # Any: a field
    return {"citations": [*GOOD["citations"], {"law": law, "article": article, "key": key}]}


@pytest.mark.parametrize(
    ("change", "code", "text"),
    [
        (cited("婚姻法", "第三十二条", "感情"), "not_in_force", "婚姻法第三十二条 感情"),
        (cited("医疗保障法", "第一条", "保障"), "not_in_force", "医疗保障法第一条 保障"),
        (cited("民法典", "第三千条", "x"), "no_such_article", "民法典第三千条 x"),
        (cited("民法典", "第一条", "不可能"), "key_missing", "民法典第一条 不可能"),
        (
            cited("信访工作条例", "第三十四条", "九天"),
            "not_attested",
            "信访工作条例第三十四条 九天",
        ),
        ({"citations": []}, "no_citation", "legal_labour"),
        ({"detail": "见《民法典》第一条、第二条"}, "mention_not_cited", "detail: 民法典第一条"),
        ({"valid_to": "2026-11-21"}, "expired", "2026-11-21"),
        ({"title": "一二三四五六七八九十一二三"}, "too_long", "title: 13 > 12"),
        ({"variants": ["甲", "乙"]}, "wrong_count", "variants: 2, not 6 to 20"),
        ({"hotlines": []}, "wrong_count", "hotlines: 0, not 1 to 3"),
        ({"hotlines": ["99999"]}, "unknown_hotline", "99999"),
        ({"intent": "legal_space"}, "unknown_intent", "legal_space"),
        ({"related": ["nowhere"]}, "unknown_related", "nowhere"),
        ({"related": ["labour-wages"]}, "unknown_related", "labour-wages"),
        ({"next_step": "起诉一定能赢"}, "promise", "next_step: 一定能"),
        ({"detail": "予以受理。"}, "officialese", "detail: 予以: 直接说做什么"),
        (
            {"answer": "一，二，三，四，五，六，七。"},
            "many_clauses",
            "answer: 6 > 5: 一，二，三，四，五，六，七…",
        ),
        ({"answer": "长" * 60}, "dense", "answer: 60 > 50"),
        (
            {"detail": "字" * 60 + "。" + "字" * 60 + "。" + "字" * 60 + "。"},
            "long_paragraph",
            f"detail: 183 > 180: {'字' * 20}…",
        ),
        (
            {"answer": "字。" * 72, "next_step": "字" * 42, "time_limit": "字" * 45},
            "too_long",
            "answer+next_step+time_limit: 231 > 220",
        ),
        ({"next_step": None}, "field_invalid", "next_step: Input should be a valid string"),
    ],
)
def test_each_fault_is_named(
    tmp_path: Path,
    change: dict[str, Any],  # Any: a field
    code: str,
    text: str,
) -> None:
    faults = linted(tmp_path, GOOD | change).faults
    assert (code, text) in {(fault.code, fault.text) for fault in faults}
    assert {(fault.file, fault.entry) for fault in faults} == {("faq.yml", "labour-wages")}


def test_a_key_over_twenty_characters_is_a_fault(tmp_path: Path) -> None:
    key = "用人单位拖欠或者未足额支付劳动报酬的，劳动者"
    faults = linted(tmp_path, GOOD | cited("劳动合同法", "第三十条", key)).faults
    assert [fault.code for fault in faults] == ["key_too_long"]


def test_only_what_is_told_must_lead_to_what_is_told(tmp_path: Path) -> None:
    draft = OTHER | {"status": "in_review", "related": ["labour-wages"]}
    leads = GOOD | {"related": ["rental-deposit"]}
    assert linted(tmp_path, GOOD, draft).faults == ()
    assert [f.code for f in linted(tmp_path, leads, draft).faults] == ["unknown_related"]
    both = leads | {"status": "in_review"}
    assert linted(tmp_path, both, draft).faults == ()


def test_blanks_in_a_key_do_not_matter(tmp_path: Path) -> None:
    change = cited("劳动合同法", "第三十条", "申请 支付令")
    assert linted(tmp_path, GOOD | change).faults == ()


@pytest.mark.parametrize(
    ("variant", "code"),
    [
        ("老板拖欠工资，怎么办", "duplicate"),
        ("干了三个月没给钱！", "duplicate"),
    ],
)
def test_the_same_question_in_two_entries_is_a_fault(
    tmp_path: Path, variant: str, code: str
) -> None:
    other = OTHER | {"variants": [*OTHER["variants"][1:], variant]}
    assert [fault.code for fault in linted(tmp_path, GOOD, other).faults] == [code]


def test_almost_the_same_question_in_two_entries_is_a_fault(tmp_path: Path) -> None:
    long = "我在苏州的一家工厂干了整整三个月到现在老板一分钱工资都没有给我"
    first = GOOD | {"variants": [*GOOD["variants"][1:], long]}
    other = OTHER | {"variants": [*OTHER["variants"][1:], long + "呢"]}
    assert [f.code for f in linted(tmp_path, first, other).faults] == ["near_duplicate"]


def test_the_same_id_twice_is_a_conflict(tmp_path: Path) -> None:
    faults = linted(tmp_path, GOOD, OTHER | {"id": "labour-wages"}).faults
    assert [fault.code for fault in faults] == ["conflict"]


def test_the_report_counts(tmp_path: Path) -> None:
    report = linted(tmp_path, GOOD, OTHER | {"intent": "legal_space"}).as_json()
    detail = {
        "file": "faq.yml",
        "entry": "rental-deposit",
        "code": "unknown_intent",
        "text": "legal_space",
    }
    assert report == {
        "entries": 2,
        "citations": 2,
        "faults": 1,
        "by_code": {"unknown_intent": 1},
        "details": [detail],
        "warnings": [],
    }


def test_a_fixed_day_judges_and_todays_date_only_warns(tmp_path: Path) -> None:
    ends = GOOD | {"valid_to": "2026-11-30"}
    (tmp_path / "faq.yml").write_text(yaml.safe_dump([ends]), encoding="utf-8")

    def codes(on: date, today: date | None) -> tuple[list[str], list[str]]:
        report = lint(on, {"legal_labour"}, folder=tmp_path, today=today)
        return [f.code for f in report.faults], [w.code for w in report.warnings]

    later = date(2026, 12, 1)
    assert codes(DAY, None) == ([], [])
    assert codes(DAY, DAY) == ([], ["expires_soon"])
    assert codes(DAY, later) == ([], ["expired"])
    assert codes(later, later) == (["expired"], [])


def test_a_law_that_is_repealed_after_the_fixed_day_warns(tmp_path: Path) -> None:
    (tmp_path / "faq.yml").write_text(yaml.safe_dump([GOOD]), encoding="utf-8")
    before_the_law = date(2000, 1, 1)

    report = lint(DAY, {"legal_labour"}, folder=tmp_path, today=before_the_law)

    assert (report.faults, [w.code for w in report.warnings]) == ((), ["not_in_force"])


def test_questions_that_mean_the_same_are_warned_of(tmp_path: Path) -> None:
    folder = tmp_path / "faq"
    folder.mkdir()
    first = GOOD | {"variants": ["营业执照被吊销 还能告谁"]}
    other = OTHER | {"variants": ["菜场买到死猪肉", "菜场卖病死猪肉"]}
    third = OTHER | {"id": "third", "question": "菜场卖的病死猪肉怎么办", "variants": []}
    for number, entry in enumerate((first, other, third)):
        text = yaml.safe_dump([entry], allow_unicode=True)
        (folder / f"{number}.yml").write_text(text, encoding="utf-8")

    found = questions_alike(tmp_path, folder=folder)

    assert {(w.code, w.entry) for w in found} == {("alike", "third")}
    assert (tmp_path / "lint-vectors.npz").is_file()
    assert questions_alike(tmp_path, folder=folder) == found


def test_the_projects_own_entries_have_no_fault(intents: frozenset[str]) -> None:
    report = lint(DAY, intents)
    assert report.faults == ()
    assert report.entries >= 100
