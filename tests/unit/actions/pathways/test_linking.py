"""Buttons under answers that lead on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from actions.base import answer
from actions.legal import tell
from actions.pathways.linking import linked
from actions.phrases import speaking
from core.knowledge import Clipping, ClippingKind
from core.messages import Reply
from core.turns import Session, Walk
from tests.unit.actions.conftest import NOW, Toolset, entry, turn

CLIPPING = Clipping(
    id="c1",
    kind=ClippingKind.CASE,
    title="一件",
    source="某某法院",
    url=None,
    published_on=date(2026, 3, 1),
    topic="legal_labour",
    text="经过。",
    entries=("labour-unpaid-wages",),
)
WAGES = entry("labour-unpaid-wages", "legal_labour", related=())
NOTARY = entry("notary-will", "notary_info", related=())


def titles(tools: Toolset, told: object = WAGES, session: Session | None = None) -> list[str]:
    asked = turn("legal_labour", "x", session=session or Session())
    tools.shelf.entries = (WAGES, NOTARY, entry("pathway-civil", "pathway"))
    outcome = tell(asked, told)  # type: ignore[arg-type]
    return [b.title for b in linked(asked, outcome, tools).replies[0].quick_replies]


def test_an_answer_of_a_dispute_offers_its_way(tools: Toolset) -> None:
    assert titles(tools) == ["详细", "一步一步看怎么走", "转人工"]
    assert titles(tools, NOTARY) == ["详细", "转人工"]
    assert titles(tools, entry("pathway-civil", "pathway", related=()))[1] == "一步一步看怎么走"


def test_cases_are_offered_only_where_some_were_imported(tools: Toolset) -> None:
    tools.shelf.cuttings = (CLIPPING,)

    assert titles(tools) == ["详细", "相似案例", "一步一步看怎么走", "转人工"]
    assert "相似案例" not in titles(tools, NOTARY)


def test_a_way_begun_is_gone_on_with_while_it_is_fresh(tools: Toolset) -> None:
    fresh = Session(walk=Walk(pathway="loan", touched_at=NOW.isoformat()))
    old = Session(walk=Walk(pathway="loan", touched_at=(NOW - timedelta(hours=7)).isoformat()))

    assert titles(tools, NOTARY, fresh) == ["详细", "接着看怎么走", "转人工"]
    assert titles(tools, NOTARY, old) == ["详细", "转人工"]
    asked = turn("legal_labour", "x", session=fresh)
    articles = answer(asked, Reply(text="条文", source="《劳动法》第五十条"))
    assert len(linked(asked, articles, tools).replies[0].quick_replies) == 1


def test_other_replies_and_other_languages_are_left_alone(tools: Toolset) -> None:
    asked = turn("legal_labour", "x", session=Session())
    told = tell(asked, WAGES)
    card = replace(told, replies=(replace(told.replies[0], safety=True),))

    assert linked(asked, card, tools) == card
    with speaking("en"):
        assert linked(asked, told, tools) == told


def test_no_more_buttons_than_phones_carry(tools: Toolset) -> None:
    many = tuple((f"labour-{n}", f"相关{n}") for n in range(6))
    assert len(titles(tools, entry("labour-unpaid-wages", "legal_labour", related=many))) == 8
