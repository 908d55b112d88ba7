"""Pictures go into the form that takes them, are asked about elsewhere, and are never read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.dispatch import act
from actions.pictures import MOST, noted, told
from core.effects import AddToCase, FileCase, RequestHandoff
from core.messages import Attachment, Reply
from core.turns import ConversationStatus, Outcome, Pause, Session, Turn
from nlu.training import intents
from tests.unit.actions.conftest import REFERENCE, MakeTurn, Toolset, petition

KNOWN = frozenset(intents())
STORY = {"story": "三楼到一楼的消防通道堆满了纸箱", "sort": "fire", "district": "320508"}
AT_PLACE = Session(form="report_hazard", requested_slot="place", slots=STORY)
AT_PHOTOS = replace(AT_PLACE, requested_slot="photos", slots={**STORY, "place": "桂花新村 12 幢"})
OPEN = replace(petition(), steps_open=("supplement",))


def pictures(*ids: str) -> tuple[Attachment, ...]:
    return tuple(Attachment(kind="image", upload=one) for one in ids)


async def answer(turn: Turn, tools: Toolset) -> Outcome:
    return await act(turn, tools, known=KNOWN)


def text(outcome: Outcome) -> str:
    return "\n".join(reply.text for reply in outcome.replies)


def payloads(outcome: Outcome) -> list[str]:
    return [b.payload for reply in outcome.replies for b in reply.quick_replies]


async def test_a_picture_at_any_question_of_the_form_is_taken_and_the_question_stays(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await answer(make_turn(attachments=pictures("a"), session=AT_PLACE), tools)

    assert outcome.session.slots["photos"] == "a"
    assert outcome.session.requested_slot == "place"
    assert "共 1 张" in text(outcome)
    assert "看不了照片里的内容" in text(outcome)
    assert "具体在哪里" in text(outcome)

    turn = make_turn("inform", "桂花新村 12 幢", session=outcome.session)
    assert (await answer(turn, tools)).session.requested_slot == "phone"


async def test_the_picture_that_was_asked_for_answers_the_question(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await answer(make_turn(attachments=pictures("a", "b"), session=AT_PHOTOS), tools)

    assert (outcome.session.slots["photos"], outcome.session.requested_slot) == ("a b", "phone")


async def test_what_stands_under_it_belongs_to_the_story(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("inform", "这是东边", attachments=pictures("a"), session=AT_PHOTOS)
    outcome = await answer(turn, tools)

    assert outcome.session.slots["story"] == f"{STORY['story']}\n这是东边"
    assert (outcome.session.slots["photos"], outcome.session.requested_slot) == ("a", "phone")


@pytest.mark.parametrize("word", ["跳过", "没有照片", "拍不了"])
async def test_none_is_needed(make_turn: MakeTurn, tools: Toolset, word: str) -> None:
    outcome = await answer(make_turn("deny", word, session=AT_PHOTOS), tools)

    assert (outcome.session.slots["photos"], outcome.session.requested_slot) == ("-", "phone")


async def test_words_are_no_picture(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await answer(make_turn("inform", "在楼梯口", session=AT_PHOTOS), tools)

    assert outcome.session.requested_slot == "photos"
    assert "这里要的是照片" in text(outcome)


async def test_at_the_summary_the_new_one_is_counted_and_the_old_button_files_nothing(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    slots = {**AT_PHOTOS.slots, "photos": "a", "phone": "-"}
    session = replace(AT_PHOTOS, requested_slot="summary", slots=slots)
    before = await answer(make_turn("inform", "改一下", session=session), tools)
    shown = await answer(make_turn(press="report_hazard/back", session=before.session), tools)
    old = next(p for p in payloads(shown) if "/confirm=" in p)

    outcome = await answer(make_turn(attachments=pictures("b"), session=shown.session), tools)
    assert "照片：2 张" in text(outcome)
    pressed = await answer(make_turn(press=old, session=outcome.session), tools)
    assert pressed.effects == ()

    [filed] = (await answer(make_turn("affirm", "确认", session=outcome.session), tools)).effects
    assert isinstance(filed, FileCase)
    assert filed.uploads == ("a", "b")
    assert "photos" not in filed.details
    assert "照片：2 张" in filed.text


async def test_the_receipt_says_how_many_went_along(make_turn: MakeTurn, tools: Toolset) -> None:
    slots = {**AT_PHOTOS.slots, "photos": "a", "phone": "-"}
    session = replace(AT_PHOTOS, requested_slot="summary", slots=slots)
    with_one = await answer(make_turn("affirm", "确认", session=session), tools)
    without = replace(session, slots={**slots, "photos": "-"})
    with_none = await answer(make_turn("affirm", "确认", session=without), tools)

    assert "1 张照片，附上了 {case.pictures} 张" in text(with_one)
    assert "照片" not in text(with_none)


async def test_so_many_are_taken_and_none_twice(make_turn: MakeTurn, tools: Toolset) -> None:
    some = await answer(make_turn(attachments=pictures("0", "0"), session=AT_PLACE), tools)
    many = pictures(*map(str, range(MOST + 2)))
    outcome = await answer(make_turn(attachments=many, session=some.session), tools)

    assert some.session.slots["photos"] == "0"
    assert outcome.session.slots["photos"].split() == [str(n) for n in range(MOST)]
    assert "最多放 9 张" in text(outcome)


async def test_a_petition_takes_them_without_asking(make_turn: MakeTurn, tools: Toolset) -> None:
    begun = await answer(make_turn("petition_submit", "我要信访"), tools)
    outcome = await answer(make_turn(attachments=pictures("a"), session=begun.session), tools)

    assert (outcome.session.requested_slot, outcome.session.slots) == ("story", {"photos": "a"})


async def test_out_of_the_blue_it_is_asked_about(make_turn: MakeTurn, tools: Toolset) -> None:
    tools.desk.own = (OPEN, replace(OPEN, reference="XF2", steps_open=()))
    outcome = await answer(make_turn(attachments=pictures("a")), tools)

    assert payloads(outcome) == [
        f"case_update/{REFERENCE}",
        "report_hazard/start",
        "petition_submit",
        "wage_complaint/start",
        "human_handoff/picture",
    ]
    assert outcome.session.pictures == ("a",)
    assert "用在哪里" in text(outcome)


@pytest.mark.parametrize(
    ("press", "form"),
    [("report_hazard/start", "report_hazard"), ("petition_submit", "petition_submit")],
)
async def test_the_pressed_answer_takes_it_along(
    make_turn: MakeTurn, tools: Toolset, press: str, form: str
) -> None:
    asked = await answer(make_turn(attachments=pictures("a")), tools)
    outcome = await answer(make_turn(press=press, session=asked.session), tools)

    assert (outcome.session.form, outcome.session.slots["photos"]) == (form, "a")
    assert outcome.session.pictures == ()
    assert "共 1 张" in text(outcome)


async def test_added_to_a_case_more_may_follow_and_words_need_not(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.desk.own = (OPEN,)
    asked = await answer(make_turn(attachments=pictures("a")), tools)
    press = f"case_update/{REFERENCE}"
    opened = await answer(make_turn(press=press, session=asked.session), tools)
    assert "接着发" in text(opened)
    more = await answer(make_turn(attachments=pictures("b"), session=opened.session), tools)
    assert (more.effects, more.session.requested_slot) == ((), "note")

    done = await answer(make_turn("inform", "就这些", session=more.session), tools)
    assert done.effects == (AddToCase(reference=REFERENCE, uploads=("a", "b")),)
    assert "附上了 {case.pictures} 张" in text(done)

    said = await answer(make_turn("inform", "东边也堵了", session=more.session), tools)
    [effect] = said.effects
    assert isinstance(effect, AddToCase)
    assert (effect.words, effect.uploads) == ("东边也堵了", ("a", "b"))


async def test_a_picture_answers_what_to_add_and_words_alone_still_do(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.desk.own = (OPEN,)
    asked = await answer(make_turn(press="case_update"), tools)
    assert "直接发照片" in text(asked)
    sent = await answer(make_turn(attachments=pictures("a"), session=asked.session), tools)
    assert sent.session.requested_slot == "note"

    words = await answer(make_turn("inform", "还堵着", session=asked.session), tools)
    assert words.effects == (AddToCase(reference=REFERENCE, words="还堵着"),)
    both = make_turn("inform", "还堵着", attachments=pictures("a"), session=asked.session)
    [effect] = (await answer(both, tools)).effects
    assert effect == AddToCase(reference=REFERENCE, words="还堵着", uploads=("a",))


async def test_beside_words_it_is_asked_about_below_the_answer(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("legal_labour", "被拖欠工资", attachments=pictures("a"))
    outcome = await answer(turn, tools)

    assert "先投诉" in text(outcome)
    assert "照片也收到了" in outcome.replies[-1].text
    assert "report_hazard/start" in payloads(outcome)


async def test_with_words_that_open_the_form_it_goes_right_in(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("report_hazard", "我要报告一个消防隐患", attachments=pictures("a"))
    outcome = await answer(turn, tools)

    assert outcome.session.slots["photos"] == "a"
    assert "照片也收到了" not in text(outcome)


async def test_what_found_no_place_does_not_slip_into_another_matter(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    asked = await answer(make_turn(attachments=pictures("a")), tools)
    talked = await answer(make_turn("thanks", "谢谢", session=asked.session), tools)
    begun = await answer(make_turn(press="report_hazard/start", session=talked.session), tools)

    assert talked.session.pictures == ()
    assert "photos" not in begun.session.slots


async def test_a_form_that_takes_none_is_not_disturbed(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    checking = Session(form="fraud_check", requested_slot="text")
    outcome = await answer(make_turn(attachments=pictures("a"), session=checking), tools)

    assert (outcome.session.form, outcome.session.pictures) == ("fraud_check", ("a",))
    assert "看不了照片里的内容" in text(outcome)


async def test_danger_comes_first_and_the_picture_is_kept(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("emergency", "着火了", attachments=pictures("a"), session=AT_PLACE)
    outcome = await answer(turn, tools)

    assert outcome.replies[0].safety
    assert "照片" not in text(outcome)
    assert outcome.session.slots["photos"] == "a"

    # While somebody is in need, the form does not come back by itself.
    kept = replace(outcome.session, pause=Pause.URGENT)
    again = await answer(make_turn(attachments=pictures("b"), session=kept), tools)
    assert (again.session.slots["photos"], again.session.pictures) == ("a", ("b",))


@pytest.mark.parametrize("status", [ConversationStatus.QUEUED, ConversationStatus.ASSIGNED])
async def test_while_a_person_has_the_chat_the_bot_keeps_out(
    make_turn: MakeTurn, tools: Toolset, status: ConversationStatus
) -> None:
    turn = make_turn(attachments=pictures("a"), status=status, session=Session(acknowledged=True))
    outcome = await answer(turn, tools)

    assert (outcome.replies, outcome.session.pictures) == ((), ())


@pytest.mark.parametrize("status", list(ConversationStatus))
async def test_one_that_did_not_arrive_is_told_and_the_words_are_answered(
    make_turn: MakeTurn, tools: Toolset, status: ConversationStatus
) -> None:
    lost = (Attachment(kind="image", file_id="f"), *pictures("a"))
    outcome = await answer(make_turn("thanks", "谢谢", attachments=lost, status=status), tools)
    alone = make_turn(attachments=lost[:1], status=status, session=AT_PLACE)

    assert "有 1 张照片没有收到" in outcome.replies[-1].text
    told_alone = await answer(alone, tools)
    assert "没有收到" in told_alone.replies[-1].text
    assert told_alone.session.form == AT_PLACE.form


async def test_a_voice_message_is_no_picture(make_turn: MakeTurn, tools: Toolset) -> None:
    voice = Attachment(kind="voice", file_id="v")

    assert "打不开" in text(await answer(make_turn(attachments=(voice,)), tools))


async def test_whoever_wants_a_person_is_not_asked(make_turn: MakeTurn, tools: Toolset) -> None:
    asked = await answer(make_turn(attachments=pictures("a")), tools)
    pressed = make_turn(press="human_handoff/picture", session=asked.session)
    outcome = await answer(pressed, tools)

    assert outcome.effects == (RequestHandoff(reason="picture"),)
    turn = make_turn("human_handoff", "找人工", attachments=pictures("a"))
    assert "照片也收到了" not in text(await answer(turn, tools))


async def test_a_turn_without_pictures_is_left_as_it_is(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("thanks", "谢谢")
    outcome = Outcome(replies=(Reply(text="不客气"),), session=turn.session)

    assert noted(turn) is turn
    assert await told(turn, tools, outcome) == outcome
