"""News of a case: each public change is told on the citizen's own channel, in the same commit."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import deadline_of, running_clocks, shown_clock
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Actor, Machine
from cases.models import Case, CaseClock, CaseEvent
from cases.orders import Order
from cases.translation import Translation, translation
from cases.wording import News, wording
from conversations.models import ContactIdentity, Conversation
from conversations.threads import language_of, post
from core.case_views import Deadline
from core.messages import CHINESE, QuickReply, Reply
from db.encryption import Vault

# The bot's own words, but not an answer: they stay true when a person takes the conversation over.
AUTHOR = "bot:news"
LOOK = {"XF": "petition_status"}
LOOK_ELSE = "case_status"


async def tell(
    session: AsyncSession, vault: Vault, case: Case, event: CaseEvent, order: Order
) -> None:
    """Queue the news of a step; nothing where it is hidden, the citizen's own, or nobody's."""
    if not event.public or order.actor is Actor.CITIZEN or case.conversation_id is None:
        return
    if not await is_reachable(session, case.conversation_id):
        return
    language = await language_of(session, vault, case.conversation_id)
    clock = shown_clock(await running_clocks(session, case))
    into = None if language == CHINESE else translation(language)
    reply = news(case, event, order.text, clock, into)
    await post(session, vault, case.conversation_id, [reply], author=AUTHOR, now=event.at)


def news(
    case: Case, event: CaseEvent, text: str, clock: CaseClock | None, into: Translation | None
) -> Reply:
    """What is told of a step: what happened, and the next day that matters."""
    machine = machine_of(case.kind)
    words = into.news if into else wording().news
    shown = deadline_of(clock, machine, event.at) if clock else None
    if into is not None:
        shown = into.deadline(case.kind, clock, shown)
    line = words.line.format(
        kind=_name(machine, into),
        reference=case.reference,
        label=into.kinds[case.kind].commands[event.command] if into else _label(machine, event),
        text=text,
    )
    due = _due(words, shown, into, event) if shown else ""
    look = QuickReply(
        title=words.look, payload=f"{LOOK.get(case.kind, LOOK_ELSE)}/{case.reference}"
    )
    return Reply(
        text="\n".join(part for part in (line, due) if part),
        quick_replies=(look,),
        citations=(shown.citation,) if shown and shown.citation else (),
        source=f"case:{case.reference}",
        language=into.language if into else CHINESE,
    )


def _due(words: News, shown: Deadline, into: Translation | None, event: CaseEvent) -> str:
    citation = shown.citation
    rule = words.rule.format(law=citation.law, article=citation.article) if citation else ""
    line = words.deadline.format(
        what=shown.what,
        due=into.day.format(shown.due) if into else _day(shown.due, event),
        rule=rule,
        computed=shown.computed,
    )
    return line + (words.paused if shown.paused else "")


def _day(due: date, event: CaseEvent) -> str:
    return wording().day(due, beside=event.at.date())


def _name(machine: Machine, into: Translation | None) -> str:
    return into.kinds[machine.kind].name if into else machine.name


def _label(machine: Machine, event: CaseEvent) -> str:
    return machine.command_labels[event.command]


async def is_reachable(session: AsyncSession, conversation_id: str) -> bool:
    """Whether the person is still known on that channel; once forgotten, nothing can be sent."""
    query = select(
        exists().where(
            Conversation.id == conversation_id,
            and_(
                ContactIdentity.contact_id == Conversation.contact_id,
                ContactIdentity.channel == Conversation.channel,
            ),
        )
    )
    return bool(await session.scalar(query))
