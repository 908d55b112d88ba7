"""`/readyz` is 503 only without the database; what else is missing it names."""

from __future__ import annotations

import pytest

from bot.web.health import Health
from db.engine import Database
from tests.integration.bot.web.site import fine, open_site


async def broken() -> bool:
    return False


@pytest.mark.parametrize(
    ("health", "status", "word", "degraded"),
    [
        (Health(database=fine, others={}), 200, "ok", []),
        (Health(database=fine, others={"rasa": fine, "vectors": fine}), 200, "ok", []),
        (Health(database=fine, others={"rasa": broken}), 200, "degraded", ["rasa"]),
        (Health(database=broken, others={}), 503, "degraded", ["database"]),
        (
            Health(database=broken, others={"rasa": broken, "vectors": fine}),
            503,
            "degraded",
            ["database", "rasa"],
        ),
    ],
)
async def test_readiness(
    database: Database, health: Health, status: int, word: str, degraded: list[str]
) -> None:
    async with open_site(database, health=health) as site, site.visitor() as visitor:
        answered, body = await visitor.get("/readyz")
        alive, _ = await visitor.get("/livez")

    assert (answered, body["status"], body["degraded"]) == (status, word, degraded)
    assert set(body["dependencies"]) == {"database", *health.others}
    assert [n for n, works in body["dependencies"].items() if not works] == degraded
    assert alive == 200


async def test_what_is_computed_behind_is_told(database: Database) -> None:
    health = Health(database=fine, others={}, progress={"statute_vectors": lambda: (120, 900)})
    async with open_site(database, health=health) as site, site.visitor() as visitor:
        _, body = await visitor.get("/readyz")

    assert body["progress"] == {"statute_vectors": [120, 900]}
