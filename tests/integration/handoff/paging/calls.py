"""A rota of three steps, a way out that remembers, and calls as the database has them."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.engine import Database
from handoff.duty.plan import Person
from handoff.errors import PageFailed
from handoff.paging.ways import Page
from tests.integration.handoff.duty.test_plans import save, version

PLAN = """
teams:
  - {name: 综合岗, hours: [工作日 09:00-17:30]}
people:
  wang: {mail: wang@example.com}
  li: {mail: li@example.com, sms: "13812345678"}
rota:
  - {when: 每天 00:00-24:00, call: [wang, [wang, li]]}
"""


@dataclass
class Beeper:
    """Reaches everybody but those in ``deaf``; ``broken`` it has a fault of its own."""

    name: str = "beeper"
    deaf: set[str] = field(default_factory=set)
    broken: bool = False
    called: list[tuple[str, int]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def reaches(self, person: Person) -> bool:
        return True

    async def send(self, person: Person, page: Page) -> None:
        if self.broken:
            raise RuntimeError("a bug")
        if person.name in self.deaf:
            raise PageFailed("timeout")
        self.called.append((person.name, page.step))
        self.pages.append(page)


async def plan_duty(db: Database) -> None:
    await save(db, version(1, PLAN))
