"""Whole dialogues through inbox, Rasa, actions and outbox, as a citizen would have them."""

from __future__ import annotations

import pytest

from core.messages import Reply
from nlu.training import intents
from tests.conversations.scripts import Dialogue, Line, dialogues, intent_table
from tests.conversations.talking import Heard, Talk
from tests.conversations.town import Town

pytestmark = [pytest.mark.rasa, pytest.mark.asyncio(loop_scope="session")]

SCREEN = 300
LEGAL_SCREEN = 260
# Latin letters are half as wide as characters; articles keep their Chinese names.
WIDTH = {"zh": 1, "en": 2.5}
NEXT_STEP = {"zh": "下一步", "en": "Next step"}
NOT_UNDERSTOOD = ("没完全听明白", "还是没听明白")


@pytest.mark.parametrize("dialogue", [pytest.param(d, id=d.name) for d in dialogues()])
async def test_dialogue_goes_as_written(town: Town, dialogue: Dialogue) -> None:
    talk = Talk(town=town, name=dialogue.name)
    try:
        for number, line in enumerate(dialogue.lines):
            heard = await talk.say(line)
            told = f"{dialogue.title} 第 {number + 1} 行 {line.text[:40]!r}：{heard}"

            assert faults(line, heard) == [], told
            assert [r.text for r in heard.replies if not fits_a_screen(town, r)] == [], told
            assert groundless(heard) == [], told
    finally:
        await town.as_before()


@pytest.mark.parametrize(
    ("intent", "text"),
    [pytest.param(i, text, id=i) for i, text in intent_table().items()],
)
async def test_every_intent_is_read_and_answered(town: Town, intent: str, text: str) -> None:
    line = Line(speaker="民", text=text, expected=dialogues()[0].lines[0].expected)

    heard = await Talk(town=town, name=f"intent {intent}").say(line)

    assert heard.intent == intent, heard
    assert heard.replies, heard
    assert not any(words in heard.text for words in NOT_UNDERSTOOD), heard
    assert all(fits_a_screen(town, r) for r in heard.replies), heard
    assert groundless(heard) == [], heard


async def test_no_intent_is_left_out() -> None:
    written = set().union(*(d.intents for d in dialogues()))

    assert intents() - written - intent_table().keys() == set()


async def test_titles_are_not_used_twice() -> None:
    titles = [d.title for d in dialogues()]

    assert sorted(set(titles)) == sorted(titles)


def faults(line: Line, heard: Heard) -> list[str]:
    """What of the script did not come true."""
    want = line.expected
    found = [f"没有说：{w}" for w in want.contains if w not in heard.text]
    found += [f"不该说：{w}" for w in want.lacks if w in heard.text]
    found += [f"没有按钮：{t}" for t in want.buttons if t not in heard.titles]
    found += [f"没有引：{a}" for a in want.articles if a not in heard.labels]
    if want.intent is not None and heard.intent != want.intent:
        found.append(f"读成了 {heard.intent}，应是 {want.intent}")
    if want.status is not None and heard.status != want.status:
        found.append(f"状态是 {heard.status}，应是 {want.status}")
    if want.parser is not None and heard.parser != want.parser:
        found.append(f"听的是 {heard.parser}，应是 {want.parser}")
    numbers = (
        ("交了 {} 件", heard.petitions, want.petitions),
        ("件上有 {} 张照片", heard.attached, want.attached),
    )
    found += [
        f"{what.format(had)}，应是 {wanted}"
        for what, had, wanted in numbers
        if wanted is not None and had != wanted
    ]
    if want.language is not None and {r.language for r in heard.replies} != {want.language}:
        found.append(f"说的是 {[r.language for r in heard.replies]}，应是 {want.language}")
    if want.files is not None and heard.files != list(want.files):
        found.append(f"给了 {heard.files}，应是 {list(want.files)}")
    if want.count is not None and len(heard.replies) != want.count:
        found.append(f"说了 {len(heard.replies)} 条，应是 {want.count}")
    return found


def fits_a_screen(town: Town, reply: Reply) -> bool:
    """Details and articles are asked for and may run on; everything else is short."""
    kind, _, name = (reply.source or "").partition(":")
    if kind == "faq":
        entry = town.service.library.current().entry(name.partition("@")[0])
        if entry is not None and reply.text == entry.detail:
            return True
        return len(reply.text) <= LEGAL_SCREEN * WIDTH[reply.language]
    if reply.source is not None and kind != "case":
        return True
    return len(reply.text) <= SCREEN * WIDTH[reply.language]


def groundless(heard: Heard) -> list[str]:
    """Answers to a question of law that cite nothing, or leave the citizen standing."""
    if not (heard.intent or "").startswith("legal_"):
        return []
    return [
        r.text
        for r in heard.replies
        if (r.source or "").startswith("faq:")
        and not (r.citations and NEXT_STEP[r.language] in r.text)
    ]
