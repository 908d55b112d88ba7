"""The catalogue: twelve documents, in step with their forms, with no law that was not checked."""

from __future__ import annotations

import re

import pytest

from actions.document_wishes import INTENT
from actions.documents import MIMES as TOLD
from actions.forms.listed import forms_of
from actions.forms.spec import Takes
from actions.phrases import words
from bot.bootstrap import today
from core.clock import utc_now
from documents.errors import NoSuchKind
from documents.rendering import MIMES
from documents.templates import Layout, Style, layout_of, layouts, wording
from knowledge_base.attested import attested
from knowledge_base.statutes import open_statutes
from tests.house.tree import ROOT
from tests.unit.documents.samples import LAYOUTS

LAW = re.compile(r"《([^》]+)》(第[一二三四五六七八九十百]+条)?")
NOT_LAWS = {"受案回执"}
TWELVE = {
    "complaint", "arbitration", "legal_aid", "mediation", "letter", "review", "second_review",
    "reconsideration", "protection", "fraud_report", "refund", "attorney",
}  # fmt: skip


def kind(layout: Layout) -> str:
    return layout.kind


def test_there_are_twelve_each_with_its_form() -> None:
    assert set(layouts()) == TWELVE
    assert {form.kind for form in forms_of(INTENT)} == TWELVE
    assert TOLD == MIMES


@pytest.mark.parametrize("layout", LAYOUTS, ids=kind)
def test_what_is_asked_is_what_is_printed(layout: Layout) -> None:
    (form,) = (f for f in forms_of(INTENT) if f.kind == layout.kind)
    chosen = {s.name: {c.key for c in s.choices} for s in form.slots if s.takes is Takes.CHOICE}

    assert layout.names == {slot.name for slot in form.slots}
    assert layout.title == words(form.title)
    assert {name: set(meant) for name, meant in layout.choices.items()} == chosen
    assert all(slot.skippable for slot in form.slots)


@pytest.mark.parametrize("layout", LAYOUTS, ids=kind)
def test_every_document_is_signed_and_dated_by_hand(layout: Layout) -> None:
    right = [block.text.template for block in layout.blocks if block.style is Style.RIGHT]

    assert len(right) == 2
    assert "（签名）：____" in right[0]
    assert right[1] == "______年____月____日"


@pytest.mark.parametrize("layout", LAYOUTS, ids=kind)
def test_an_identity_number_is_asked_for_last(layout: Layout) -> None:
    (form,) = (f for f in forms_of(INTENT) if f.kind == layout.kind)
    names = [slot.name for slot in form.slots]

    assert names.index("id_card") == len(names) - 1 if "id_card" in names else True


@pytest.mark.parametrize("layout", LAYOUTS, ids=kind)
def test_law_that_is_printed_was_checked(layout: Layout) -> None:
    texts = [block.text.template for block in layout.blocks]
    texts += [text for meant in layout.choices.values() for text in meant.values()]
    named = {found for text in texts for found in LAW.findall(text) if found[0] not in NOT_LAWS}
    statutes = open_statutes(today(utc_now))

    assert named <= {(c.law, c.article) for c in layout.citations}
    for cited in layout.citations:
        if cited.in_force == "attested":
            assert attested().attests(cited.law, cited.article, cited.quote)
            continue
        article = statutes.article(cited.law, cited.article)
        assert article is not None
        assert cited.quote in article.text.replace("\n", "")


def test_the_notice_says_who_filled_it_in_and_what_to_do() -> None:
    assert "苏法通按您说的填写" in wording().notice
    assert "提交前请核对" in wording().notice


def test_the_page_of_documents_names_all_of_them() -> None:
    page = (ROOT / "docs" / "reference" / "documents.md").read_text(encoding="utf-8")

    for layout in LAYOUTS:
        assert f"| `{layout.kind}` | {layout.title} |" in page
        (form,) = (f for f in forms_of(INTENT) if f.kind == layout.kind)
        assert all(f"《{c.law}》" in page and c.article in page for c in form.citations)


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(NoSuchKind):
        layout_of("will")
