"""A pathway in the course of a conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.dispatch import act
from actions.pathways import guide
from actions.phrases import speaking
from core.effects import RequestHandoff
from core.messages import Entity, Parse
from core.turns import Outcome, Session, Turn, Walk
from tests.unit.actions.conftest import NOW, Toolset, entry, turn

KNOWN = frozenset({"pathway", "legal_labour", "human_handoff", "emergency", "inform"})
LEFT = {"employer": "unit", "iou": "no", "still_there": "no"}
# Made once: it reads every signal of fraud.
TOOLS = Toolset()
WISH = "老板拖欠工资我该走哪条路"


def walked(*, pathway: str = "wages", **answers: str) -> Session:
    walk = Walk(pathway=pathway, answers=answers, touched_at=NOW.isoformat())
    return Session(walk=walk, last_intent="pathway")


async def press(button: str, session: Session, tools: Toolset) -> Outcome:
    return await act(turn(press=f"pathway/{button}", session=session), tools, known=KNOWN)


async def type_in(
    text: str, session: Session, tools: Toolset, intent: str = "inform", day: str = ""
) -> Outcome:
    entities = (Entity(name="date", value=day, start=0, end=len(text)),) if day else ()
    return await act(turn(intent, text, session=session, entities=entities), tools, known=KNOWN)


def said(outcome: Outcome) -> str:
    return "\n".join(reply.text for reply in outcome.replies)


def titles(outcome: Outcome) -> list[str]:
    return [b.title for reply in outcome.replies for b in reply.quick_replies]


async def test_a_wish_that_names_its_dispute_begins_with_the_first_question(
    tools: Toolset,
) -> None:
    outcome = await type_in(WISH, Session(), tools, "pathway")

    assert "【被拖欠工资】您是给单位" in said(outcome)
    assert outcome.session.walk == Walk(pathway="wages", answers={}, touched_at=NOW.isoformat())
    assert titles(outcome) == ["单位或工地", "给个人干活", "说不清", "换一种情况", "转人工"]


async def test_a_wish_that_names_none_is_asked_which(tools: Toolset) -> None:
    outcome = await type_in("我这个事该怎么走", Session(), tools, "pathway")

    assert "哪一种纠纷" in said(outcome)
    assert len(titles(outcome)) == 8
    assert (await press("other=2", Session(), tools)).replies[0].quick_replies[
        -1
    ].title == "转人工"


async def test_an_entry_that_answers_better_is_told_with_the_way_below(tools: Toolset) -> None:
    tools.shelf.entries = (entry("pathway-civil", "pathway", title="仲裁和调解哪个快"),)

    outcome = await type_in("仲裁和调解哪个快", Session(), tools, "pathway")

    assert "先投诉" in said(outcome)
    assert titles(outcome)[-2:] == ["一步一步看怎么走", "转人工"]


async def test_a_wish_of_two_disputes_is_asked_which_of_them(tools: Toolset) -> None:
    outcome = await type_in("该去劳动局还是仲裁", Session(), tools, "pathway")

    assert titles(outcome) == ["被拖欠工资", "被辞退", "更多"]


async def test_a_button_of_an_entry_tells_the_entry(tools: Toolset) -> None:
    tools.shelf.entries = (entry("pathway-civil", "pathway"),)

    assert "先投诉" in said(await press("pathway-civil", Session(), tools))


async def test_one_question_at_a_time_to_a_step_with_its_day(tools: Toolset) -> None:
    session = Session()
    for text in (WISH, "给公司干活的", "没有欠条", "已经走了"):
        session = (await type_in(text, session, tools, "pathway")).session
    outcome = await type_in("今年八月一号", session, tools, day="2026-08-01")

    assert "最晚 2027年8月1日：申请仲裁" in said(outcome)
    assert said(outcome).endswith("以上是法律信息，不是律师意见。")
    assert outcome.session.disclaimed
    again = await type_in("再说一遍", outcome.session, tools, "repeat")
    assert "不是律师意见" not in said(again)


async def test_limitation_run_out_asks_for_what_may_start_it_again(tools: Toolset) -> None:
    outcome = await type_in("前年五月", walked(**LEFT), tools, day="2024-05")

    assert "看来已经过了" in said(outcome)
    assert "这一年里，您催要过" in said(outcome)
    none = await type_in("没有", outcome.session, tools, "deny")
    assert "先别放弃" in said(none)
    assert "12348" in said(none)


async def test_a_correction_changes_the_way(tools: Toolset) -> None:
    session = walked(**LEFT, ended="2026-08-01")

    outcome = await type_in("不对，是前年八月", session, tools, day="2024-08")

    assert "2024年8月1日" in said(outcome)
    assert "催要过" in said(outcome)


async def test_an_old_button_mends_its_own_answer(tools: Toolset) -> None:
    session = walked(**LEFT, ended="2026-08-01")

    outcome = await press("wages.still_there=yes", session, tools)

    assert outcome.session.walk is not None
    assert outcome.session.walk.answers["still_there"] == "yes"
    # One of another way, or of a place one never came to, only says where one stands.
    other = await press("loan.proof=yes", session, tools)
    assert "投诉劳动监察" in said(other)
    assert "投诉劳动监察" in said(await press("wages.award=2026-01-01", session, tools))


async def test_back_restart_and_leaving(tools: Toolset) -> None:
    session = walked(**LEFT, ended="2026-08-01")

    assert "哪天离开" in said(await type_in("上一步", session, tools))
    assert "已经是第一问" in said(await press("back", walked(), tools))
    assert "您是给单位" in said(await press("restart", session, tools))
    left = await type_in("不弄了", session, tools, "cancel")
    assert left.session.walk is None
    assert "先不看了" in said(left)


async def test_the_whole_way_is_drawn_and_the_day_explained(tools: Toolset) -> None:
    session = walked(**LEFT, ended="2026-08-01")

    assert len((await press("whole", session, tools)).replies[0].timeline) == 3
    counted = await press("counted", session, tools)
    assert "第二天开始数" in said(counted)
    redate = await press("redate", counted.session, tools)
    assert "哪天离开" in said(redate)
    # Nothing to explain or to mend: where one stands.
    assert "您是给单位" in said(await press("counted", walked(), tools))
    assert "您是给单位" in said(await press("redate", walked(), tools))


async def test_what_is_asked_on_is_answered_by_the_step(tools: Toolset) -> None:
    outcome = await type_in("那要多少钱", walked(**LEFT, ended="2026-08-01"), tools, "followup")

    assert "费用：一般不收费" in said(outcome)


async def test_the_second_thing_not_understood_offers_a_person(tools: Toolset) -> None:
    first = await type_in("嗯这个嘛", walked(employer="unit"), tools)
    second = await type_in("啊这", first.session, tools)

    assert "没听明白" in said(first)
    assert "我还是没听明白" in said(second)
    assert titles(second)[0] == "转人工"
    assert titles(second).count("转人工") == 1
    assert second.session.walk == first.session.walk


async def test_a_question_in_between_is_answered_and_the_way_waits(tools: Toolset) -> None:
    session = walked(**LEFT)

    outcome = await type_in("被拖欠工资能辞职吗", session, tools, "legal_labour")

    assert "先投诉" in said(outcome)
    assert "接着看怎么走" in titles(outcome)
    assert outcome.session.walk == session.walk
    on = await press("on", outcome.session, tools)
    assert "哪天离开" in said(on)
    # In words too, even after something else.
    assert "哪天离开" in said(await type_in("继续", outcome.session, tools, "affirm"))
    # But a bare word is not taken for an answer any more.
    assert "哪天离开" not in said(await type_in("没有", outcome.session, tools, "deny"))


async def test_asked_for_again_it_is_offered_from_where_it_was_left(tools: Toolset) -> None:
    session = replace(walked(**LEFT), last_intent="greet")

    outcome = await type_in("接下来走哪条路", session, tools, "pathway")

    assert "接着看吗" in said(outcome)
    another = await type_in("押金不退走哪条路", session, tools, "pathway")
    assert "【押金不退】" in said(another)
    # While it is being walked, the whole way is what is asked for.
    whole = await type_in("那我后面该怎么走法", walked(**LEFT), tools, "pathway")
    assert whole.replies[0].timeline


async def test_after_a_month_it_begins_anew(tools: Toolset) -> None:
    later = replace(
        turn("pathway", "接着走", session=walked(**LEFT)), now=NOW + timedelta(days=31)
    )

    outcome = await act(later, tools, known=KNOWN)

    assert "哪一种纠纷" in said(outcome)


async def test_danger_comes_first_and_the_way_is_still_there(tools: Toolset) -> None:
    session = walked(pathway="violence")

    outcome = await type_in("他拿刀在门外", session, tools, "emergency")

    assert outcome.replies[0].safety
    assert outcome.session.walk == session.walk
    # A word to the pathway is nothing urgent, whatever a model makes of it.
    assert not (await type_in("上一步", session, tools, "emergency")).replies[0].safety


async def test_an_open_form_listens_first(tools: Toolset) -> None:
    form = replace(walked(**LEFT), form="petition_submit", requested_slot="story")

    assert await guide.take(turn("inform", "没有", session=form), tools, weak=False) is None


async def test_in_english_the_entries_answer(tools: Toolset) -> None:
    english = turn("pathway", "which way should I go", session=Session(language="en"))
    with speaking("en"):
        outcome = await guide.act(english, tools)

    assert outcome.session.walk is None


async def test_a_person_is_a_press_away(tools: Toolset) -> None:
    asked = turn(press="human_handoff", session=walked(**LEFT))
    outcome = await act(asked, tools, known=KNOWN)

    assert any(isinstance(effect, RequestHandoff) for effect in outcome.effects)
    assert outcome.session.walk is not None


@settings(deadline=None, max_examples=60)
@given(
    said_words=st.lists(
        st.sampled_from(
            [
                "是",
                "没有",
                "不知道",
                "上一步",
                "不对",
                "重新开始",
                "没要到",
                "嗯",
                "给了",
                "2025-03-01",
            ]
        ),
        max_size=25,
    )
)
async def test_whatever_is_said_there_is_a_way_on(said_words: list[str]) -> None:
    tools, session = TOOLS, walked()
    for text in said_words:
        day = text if text[0] == "2" else ""
        outcome = await type_in(text, session, tools, day=day)
        session = outcome.session
        assert session.walk is not None
        assert len(outcome.replies) == 1
        assert "转人工" in titles(outcome)
        assert Session.from_json(session.as_json()) == session


def test_a_parse_without_words_names_no_dispute() -> None:
    """The menu's button comes without text; it must not be read as a dispute."""
    asked: Turn = turn(press="pathway", session=Session())
    assert asked.parse == Parse(text="", intent="pathway", confidence=1, parser="payload")
