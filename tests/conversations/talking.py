"""Carries a dialogue out in the real service, citizen and staff."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select

from actions.phrases import reply_in
from antifraud.reports import Decision, ReportDesk
from bot.bootstrap import Service
from bot.channels.terminal import NAME
from bot.conversing import NotAnswered, collect, converse
from cases.desk import StaffDesk
from cases.filing import Receipt
from cases.fraud_reports import Source, file_fraud_report
from cases.kinds.machine import Actor
from cases.models import Case, CaseAttachment
from cases.orders import Order
from cases.transfers import Trace
from conversations.history import before
from conversations.models import ContactIdentity, Conversation
from core.clock import SUZHOU
from core.fraud_reports import FraudReport
from core.messages import Attachment, Identity, Reply
from documents.issuing import TOKEN
from documents.links import token_of
from handoff import desk, steps
from handoff.steps import Step, Words
from tests.conversations.scripts import Line
from tests.conversations.town import Town
from tests.pictures import photo

AGENT = "王律师"
RECEIPT = {
    "{编号}": re.compile(r"(?:XF|YH|TJ|FY|QX|YY|ZP)[0-9A-Z]{19}"),
    "{查询码}": re.compile(r"(?<=查询码 )[2-9A-HJ-NP-Z]{8}"),
}
# Each picture is another one.
SHADES = itertools.count(1)
SPANS = {"天": "days", "小时": "hours", "分钟": "minutes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the citizen saw after a line; ``intent`` is None where nothing of theirs was read."""

    intent: str | None
    replies: tuple[Reply, ...]
    status: str
    parser: str | None = None
    petitions: int = 0
    attached: int = 0

    @property
    def text(self) -> str:
        """All replies, one under the other."""
        return "\n".join(r.text for r in self.replies)

    @property
    def titles(self) -> list[str]:
        """The buttons shown."""
        return [q.title for r in self.replies for q in r.quick_replies]

    @property
    def files(self) -> list[str]:
        """The documents given, each with a link that was filled in."""
        given = [a for r in self.replies for a in r.attachments]
        return [a.caption or "" for a in given if TOKEN.fullmatch(token_of(a.url) or "")]

    @property
    def labels(self) -> list[str]:
        """The articles cited."""
        return [c.label for r in self.replies for c in r.citations]


NOTHING = Heard(intent=None, replies=(), status="")


@dataclass
class Talk:
    """One dialogue under a name of its own; ``receipt`` is what it was told to keep."""

    town: Town
    name: str
    receipt: dict[str, str] = field(default_factory=dict)

    async def say(self, line: Line) -> Heard:
        """Carry one line out, and keep what a receipt says."""
        if line.speaker == "经办":
            return await _as_officer(
                self.town.service, self.name, self.receipt["{编号}"], line.text
            )
        if line.speaker == "记下被骗":
            told = await _written_down(self.town.service, self.name, line.text)
            self.receipt |= {"{编号}": told.reference, "{查询码}": told.code}
            return NOTHING
        if line.speaker == "核实":
            await _confirm(self.town, line.text)
            return NOTHING
        if line.speaker == "网格":
            self.receipt["{绑定码}"] = await self.town.service.grids.add(line.text, "320508")
            return NOTHING
        heard = await _line(self.town, self.name, self._filled(line.text), line.speaker)
        for place, pattern in RECEIPT.items():
            if found := pattern.search(heard.text):
                self.receipt[place] = found.group()
        return heard

    def _filled(self, text: str) -> str:
        for place, value in self.receipt.items():
            text = text.replace(place, value)
        return text


async def _line(town: Town, name: str, text: str, speaker: str) -> Heard:
    match speaker:
        case "过了":
            number, unit = text.split()
            town.clock.passed += timedelta(**{SPANS[unit]: float(number)})
            return NOTHING
        case "Rasa":
            await {"断了": town.door.shut, "回来了": town.rasa_is_back}[text]()
            return NOTHING
        case "名册":
            assert text == "导入"
            town.import_offices()
            return NOTHING
        case "值班":
            await town.plan_duty(text)
            return NOTHING
        case "民":
            return await _as_citizen(town.service, name, text)
        case "照片":
            sent = await _pictures(town.service, name, int(text) if text.isdecimal() else 1)
            words = "" if text.isdecimal() else text
            return await _as_citizen(town.service, name, words, sent)
        case _:
            return await _as_staff(town.service, name, text, speaker)


async def _pictures(town: Service, name: str, count: int) -> tuple[Attachment, ...]:
    """Real pictures as a channel keeps them, each another one."""
    who = Identity(channel=NAME, user_id=name)
    sent = [photo(shade=next(SHADES)) for _ in range(count)]
    return tuple([await town.uploads.take(who, content, "IMG.jpg") for content in sent])


async def _as_citizen(
    town: Service, name: str, text: str, sent: tuple[Attachment, ...] = ()
) -> Heard:
    known = await _conversation(town, name)
    try:
        answered = await converse(town, name, text, sent)
    except NotAnswered:
        assert known is not None
        return await _erased(town, known)
    return Heard(
        intent=answered.parse.intent,
        replies=answered.replies,
        status=answered.status,
        parser=answered.parse.parser,
        petitions=await _filed(town, name),
        attached=await _attached(town, name),
    )


async def _as_staff(town: Service, name: str, text: str, speaker: str) -> Heard:
    conversation = await _conversation(town, name)
    assert conversation is not None, f"nobody called {name} has written"
    async with town.db.write() as session:
        vault, now = town.db.vault, town.clock()
        waiting = await desk.listing(session, vault)
        number = next(w.number for w in waiting if w.conversation_id == conversation.id)
        step = Step(number=number, agent=AGENT, at=now)
        if speaker == "工作人员":
            await steps.claim(session, vault, step, _told("handoff_taken", agent=AGENT))
            await steps.reply(session, vault, step, [Reply(text=text)])
        else:
            await steps.close(session, vault, step, _told("handoff_closed"))
    replies = await collect(town, conversation.id)
    after = await _conversation(town, name)
    return Heard(intent=None, replies=replies, status=after.status if after else "")


def _told(key: str, **values: str) -> Words:
    return lambda language: reply_in(language, key, **values)


async def _as_officer(town: Service, name: str, reference: str, text: str) -> Heard:
    """What the citizen hears of a step; a field's value has no blank in it."""
    command, *pairs = text.split()
    told = dict(pair.split("=", 1) for pair in pairs)
    order = Order(
        command=command,
        actor=Actor.OFFICER,
        author="staff:经办",
        at=town.clock(),
        text=told.get("text", ""),
        agency=told.get("agency"),
        reason=told.get("reason", ""),
        lawyer=told.get("lawyer", ""),
        days=int(told["days"]) if "days" in told else None,
        trace=_trace(told),
    )
    await StaffDesk(town.db, town.clock).take(reference, lambda _: order)
    conversation = await _conversation(town, name)
    assert conversation is not None
    replies = await collect(town, conversation.id)
    return Heard(intent=None, replies=replies, status=conversation.status)


async def _written_down(town: Service, name: str, fraud_type: str) -> Receipt:
    """A fraud report as staff take it down from somebody in a conversation."""
    conversation = await _conversation(town, name)
    assert conversation is not None
    report = FraudReport(
        fraud_type=fraud_type,
        title="被骗",
        story="测试数据：垫付以后对方不返还",
        area="320508",
    )
    source = Source(
        at=town.clock(),
        author="staff:经办",
        contact_id=conversation.contact_id,
        conversation_id=conversation.id,
    )
    async with town.db.write() as session:
        return await file_fraud_report(session, town.db.vault, report, source)


async def _confirm(town: Town, key: str) -> None:
    """Staff confirm what was reported."""
    desk = ReportDesk(town.service.db, clock=town.clock)
    number = next(sheet.number for sheet in await desk.listing() if sheet.key == key)
    await desk.decide(number, Decision(listed=True, by="经办", reason="两人举报，回拨核实"))


def _trace(told: dict[str, str]) -> Trace | None:
    """``money=1:stopped until=2026-11-25T09:30`` is what became of the first transfer."""
    if "money" not in told:
        return None
    number, _, state = told["money"].partition(":")
    until = datetime.fromisoformat(told["until"]) if "until" in told else None
    return Trace(
        number=int(number), state=state, until=until.replace(tzinfo=SUZHOU) if until else None
    )


async def _erased(town: Service, known: Conversation) -> Heard:
    """After erasing, even the wish itself is gone; what is left in the thread is all there is."""
    async with town.db.read() as session:
        left = await before(session, town.db.vault, known.id, None)
        after = await session.get(Conversation, known.id)
    replies = tuple(said.reply or Reply(text=said.text) for said in left)
    return Heard(intent=None, replies=replies, status=after.status if after else "")


async def _filed(town: Service, name: str) -> int:
    conversation = await _conversation(town, name)
    assert conversation is not None
    count = select(func.count()).where(Case.contact_id == conversation.contact_id)
    async with town.db.read() as session:
        return await session.scalar(count) or 0


async def _attached(town: Service, name: str) -> int:
    conversation = await _conversation(town, name)
    assert conversation is not None
    count = (
        select(func.count(CaseAttachment.id))
        .join(Case, Case.id == CaseAttachment.case_id)
        .where(Case.contact_id == conversation.contact_id)
    )
    async with town.db.read() as session:
        return await session.scalar(count) or 0


async def _conversation(town: Service, name: str) -> Conversation | None:
    query = (
        select(Conversation)
        .join(ContactIdentity, ContactIdentity.contact_id == Conversation.contact_id)
        .where(
            ContactIdentity.channel == NAME,
            ContactIdentity.user_digest == town.db.vault.digest(NAME, name),
        )
    )
    async with town.db.read() as session:
        return (await session.scalars(query)).first()
