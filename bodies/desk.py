"""What staff and the night do with bodies, each piece in transactions of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bodies.adapters.base import Adapter
from bodies.connections import Connection, connection_of
from bodies.contract import Standing, Update
from bodies.hearing import Heard, hear
from bodies.inbound import Answer, fill_gaps, take
from bodies.models import BodyUpdate, UpdateState
from bodies.outbox import requeue
from bodies.reconciling import Reconciled, reconcile
from bodies.reporting import Line, Scope, compare
from cases.delivery import CaseDelivery, DeliveryState
from cases.models import Case
from cases.records import find
from cases.routing import Body, routing
from core.clock import Clock
from db.engine import Database

MOST_LISTED = 200
WAITING = (DeliveryState.QUEUED, DeliveryState.FAILED, DeliveryState.SENT)
_STATES = select(CaseDelivery.body, CaseDelivery.state, func.count().label("many")).group_by(
    CaseDelivery.body, CaseDelivery.state
)
_REFUSED = (
    select(BodyUpdate.body, func.count().label("many"))
    .where(BodyUpdate.state == UpdateState.REFUSED)
    .group_by(BodyUpdate.body)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """A body and how much is on its way to it; ``refused`` are updates of its that were not taken."""

    id: str
    name: str
    adapter: str
    connected: bool
    waiting: int
    acknowledged: int
    dead: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """A case on its way to a body."""

    reference: str
    body: str
    state: str
    number: str
    status: str
    tries: int
    next_try_at: datetime
    error: str


class BodyDesk:
    """The desk of those who look after the connections with bodies."""

    def __init__(
        self, db: Database, connections: Mapping[str, Connection], *, clock: Clock
    ) -> None:
        self._db = db
        self._connections = connections
        self._clock = clock

    @property
    def connections(self) -> Mapping[str, Connection]:
        """The connected bodies by id."""
        return self._connections

    async def list_bodies(self) -> list[BodyRow]:
        """Every body of the table, connected or not, with what is on its way."""
        async with self._db.read() as session:
            states = (await session.execute(_STATES)).all()
            refused = {row.body: row.many for row in await session.execute(_REFUSED)}
        counts = {(row.body, DeliveryState(row.state)): row.many for row in states}
        return [
            BodyRow(
                id=body.id,
                name=self._name(body),
                adapter=body.adapter,
                connected=body.id in self._connections,
                waiting=sum(counts.get((body.id, state), 0) for state in WAITING),
                acknowledged=counts.get((body.id, DeliveryState.ACKNOWLEDGED), 0),
                dead=counts.get((body.id, DeliveryState.DEAD), 0),
                refused=refused.get(body.id, 0),
            )
            for body in routing().bodies.values()
        ]

    async def list_deliveries(self, *, body: str = "", state: str = "") -> list[DeliveryRow]:
        """Deliveries, the newest first; of one body, or in one state."""
        query = (
            select(CaseDelivery, Case.reference)
            .join(Case, Case.id == CaseDelivery.case_id)
            .order_by(CaseDelivery.id.desc())
            .limit(MOST_LISTED)
        )
        if body:
            query = query.where(CaseDelivery.body == body)
        if state:
            query = query.where(CaseDelivery.state == state)
        async with self._db.read() as session:
            rows = (await session.execute(query)).all()
        return [_delivery(row, reference) for row, reference in rows]

    async def retry(self, reference: str) -> int:
        """Queue again what was given up or waits for its next try; gives how many."""
        again = (DeliveryState.DEAD, DeliveryState.FAILED)
        async with self._db.write() as session:
            case = await find(session, reference)
            query = select(CaseDelivery).where(
                CaseDelivery.case_id == case.id, CaseDelivery.state.in_(again)
            )
            rows = (await session.scalars(query)).all()
            for row in rows:
                await requeue(session, row, now=self._clock())
        return len(rows)

    async def receive(self, body: str, event_id: str, update: Update) -> Answer:
        """Take an update that was proved to be the body's; see ``bodies.inbound.take``."""
        connection = connection_of(self._connections, body)
        async with self._db.write() as session:
            return await take(
                session, self._db.vault, connection, (event_id, update), now=self._clock()
            )

    async def hear(self, body: str, lines: Sequence[Standing]) -> Heard:
        """Take a sheet that was brought by hand."""
        connection = connection_of(self._connections, body)
        return await hear(self._db, connection, lines, now=self._clock())

    async def reconcile(self, body: str, adapter: Adapter) -> Reconciled:
        """Ask a body for its list and compare; raises ``PushError``."""
        connection = connection_of(self._connections, body)
        lines = await adapter.standing()
        return await reconcile(self._db, connection, lines, now=self._clock())

    async def compare(self, scope: Scope) -> list[Line]:
        """Bodies and their units beside each other."""
        async with self._db.read() as session:
            return await compare(session, scope, now=self._clock())

    async def fill_gaps(self) -> int:
        """Take updates that have waited too long for one before them."""
        async with self._db.write() as session:
            return await fill_gaps(session, self._db.vault, now=self._clock())

    def _name(self, body: Body) -> str:
        known = self._connections.get(body.id)
        return known.name if known else body.name


def _delivery(row: CaseDelivery, reference: str) -> DeliveryRow:
    return DeliveryRow(
        reference=reference,
        body=row.body,
        state=row.state,
        number=row.number,
        status=row.status,
        tries=row.tries,
        next_try_at=row.next_try_at,
        error=row.error,
    )
