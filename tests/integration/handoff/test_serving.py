"""Any order of steps, turns, silence and leaving: one owner, one voice, every word once."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from conversations.models import Conversation
from core.effects import RequestHandoff
from core.errors import Conflict, NotFound
from db.base import new_id
from handoff import queue
from handoff.leases import LEASE, renew
from handoff.models import Handoff
from handoff.silence import SilentChats
from handoff.states import OPEN
from tests.conftest import emptied
from tests.integration.handoff import chats
from tests.integration.handoff.chats import BACK, BYE, PASSED, TAKEN, step, words
from tests.integration.talk import Hands, make_engine, message, store, told

AGENTS = st.sampled_from(["王", "李", "张"])
SYSTEM = {TAKEN, BACK, PASSED, BYE, "没人了"}


class Serving(RuleBasedStateMachine):
    """One citizen, three agents; ``owner`` and ``said`` are what must be true."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner, self.stack = asyncio.Runner(), AsyncExitStack()
        self.db = self.run(self.stack.enter_async_context(emptied(self.url)))
        self.hands, self.user = Hands(), new_id()
        self.engine = make_engine(self.db, clock=self.hands)
        [received] = self.run(store(self.db, message(user=self.user)))
        self.talk = received.conversation_id
        self.number, self.state = 0, "bot"
        self.owner: str | None = None
        self.until = self.hands.now
        self.said: list[tuple[str, str]] = []

    def run(self, work: Any) -> Any:  # Any: whatever is awaited
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.runner.close()

    def _take(self, work: Any, *, may: bool) -> bool:  # Any: a coroutine
        """Take a step that must succeed exactly where it may."""
        try:
            self.run(work)
        except (Conflict, NotFound):
            assert not may
            return False
        assert may
        return True

    def _assigned(self, agent: str) -> None:
        self.state, self.owner, self.until = "assigned", agent, self.hands.now + LEASE

    @rule()
    def ask_for_a_person(self) -> None:
        async def enter() -> int:
            async with self.db.write() as session:
                ticket = await queue.enter(
                    session, self.talk, RequestHandoff(reason="citizen"), now=self.hands.now
                )
                return ticket.number

        self.number = self.run(enter())
        self.state = "queued" if self.state == "bot" else self.state

    @rule()
    def leave(self) -> None:
        async def go() -> None:
            async with self.db.write() as session:
                await queue.leave(session, self.talk, now=self.hands.now)

        self.run(go())
        self.state, self.owner = "bot", None

    @rule(agent=AGENTS)
    def claim(self, agent: str) -> None:
        mine = self.state == "assigned" and self.owner == agent
        work = chats.claim(self.db, step(self.number, agent, at=self.hands.now))
        if self._take(work, may=mine or self.state == "queued") and not mine:
            self._assigned(agent)

    @rule(agent=AGENTS, twice=st.booleans())
    def reply(self, agent: str, *, twice: bool) -> None:
        once, text = new_id(), f"话 {len(self.said)}"
        for _ in range(2 if twice else 1):
            one = step(self.number, agent, at=self.hands.now)
            self._take(chats.reply(self.db, one, text, once=once), may=self.owner == agent)
        if self.owner == agent:
            self.said.append((agent, text))
            self.until = self.hands.now + LEASE

    @rule(agent=AGENTS)
    def give_back(self, agent: str) -> None:
        work = chats.give_back(self.db, step(self.number, agent, at=self.hands.now))
        if self._take(work, may=self.owner == agent):
            self.state, self.owner = "queued", None

    @rule(agent=AGENTS, to=AGENTS)
    def pass_on(self, agent: str, to: str) -> None:
        work = chats.pass_on(self.db, step(self.number, agent, at=self.hands.now), to)
        if self._take(work, may=self.owner == agent):
            self._assigned(to)

    @rule(agent=AGENTS)
    def close(self, agent: str) -> None:
        may = self.state == "queued" or self.owner == agent
        if self._take(chats.close(self.db, step(self.number, agent, at=self.hands.now)), may=may):
            self.state, self.owner = "bot", None

    @rule(agent=AGENTS)
    def pulse(self, agent: str) -> None:
        async def sign() -> bool:
            async with self.db.write() as session:
                return await renew(session, self.number, agent=agent, now=self.hands.now)

        if self.run(sign()):
            assert self.owner == agent
            self.until = self.hands.now + LEASE

    @rule(minutes=st.integers(0, 5))
    def time_passes(self, minutes: int) -> None:
        self.hands.pass_by(minutes=minutes)
        silent = self.state == "assigned" and self.until <= self.hands.now
        sweep = SilentChats(self.db, words("没人了"), clock=self.hands)
        assert self.run(sweep.run()) == int(silent)
        if silent:
            self.state, self.owner = "queued", None

    @rule()
    def the_citizen_writes(self) -> None:
        before = self._of_the_bot()
        self.run(store(self.db, message("谢谢", user=self.user), now=self.hands.now))
        self.run(self.engine.answer(self.talk))
        assert self.state == "bot" or len(self._of_the_bot()) <= len(before) + 1
        if self.state == "assigned":
            assert self._of_the_bot() == before

    @rule(agents=st.lists(AGENTS, min_size=2, max_size=3, unique=True))
    def all_reach_for_it(self, agents: list[str]) -> None:
        async def grab() -> list[str]:
            won = []

            async def one(agent: str) -> None:
                with suppress(Conflict, NotFound):
                    await chats.claim(self.db, step(self.number, agent, at=self.hands.now))
                    won.append(agent)

            await asyncio.gather(*(one(agent) for agent in agents))
            return won

        won = self.run(grab())
        if self.state == "queued":
            assert len(won) == 1
            self._assigned(won[0])
        else:
            assert won == ([self.owner] if self.owner in agents else [])

    def _of_the_bot(self) -> list[str]:
        return [s.text for s in self.run(told(self.db, self.talk)) if s.author == "bot"]

    @invariant()
    def one_owner_and_one_voice(self) -> None:
        async def look() -> tuple[Any, list[Any]]:  # Any: rows
            async with self.db.read() as session:
                thread = await session.get(Conversation, self.talk)
                query = select(Handoff).where(Handoff.state.in_(OPEN))
                return thread, list(await session.scalars(query))

        thread, found = self.run(look())
        assert (thread.status, thread.assignee) == (self.state, self.owner)
        assert [(h.state, h.agent) for h in found] == (
            [] if self.state == "bot" else [(self.state, self.owner)]
        )
        assert all((h.lease_until is None) == (h.agent is None) for h in found)

    @invariant()
    def every_word_of_staff_once_and_in_order(self) -> None:
        if len(self.said) < 40:  # one page of the history
            lines = self.run(told(self.db, self.talk))
            staff = [
                (s.author.removeprefix("staff:"), s.text)
                for s in lines
                if s.author.startswith("staff:") and s.text not in SYSTEM
            ]
            if len(lines) < 50:
                assert staff == self.said


def test_never_two_owners_and_never_a_word_lost(database_url: str) -> None:
    class Here(Serving):
        url = database_url

    run_state_machine_as_test(
        Here, settings=settings(max_examples=20, stateful_step_count=25, deadline=None)
    )
