from __future__ import annotations

from core.grids import CodeState, Grid
from db.engine import Database
from tests.integration.cases.grids.workers import ZERO, desk, tell, worker


async def test_what_the_conversation_is_told(database: Database) -> None:
    seen, grid = await worker(database, "1网格")
    await tell(database, seen, grid)

    assert list(await desk(database).of(seen.contact_id)) == [Grid(id=grid, name="1网格")]
    assert await desk(database).reported(grid, ZERO.day) == ZERO
    assert await desk(database).code("22222222", contact_id="c") is CodeState.WRONG
    assert [line.grid for line in await desk(database).sheet(ZERO.day)] == ["1网格"]
