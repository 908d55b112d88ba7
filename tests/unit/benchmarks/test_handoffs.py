"""The bounds of the rush for chats: none taken twice, all taken, and each claim quick."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.handoffs import CHATS, Rush, compose

KEPT = Rush(
    succeeded=CHATS,
    taken=CHATS,
    twice=0,
    seconds=2.0,
    cpu=0.03,
    claims=(0.01, 0.02, 0.03),
    pages=(0.02,),
)


def missed(rush: Rush) -> list[str]:
    return [limit.name for limit in compose({"postgresql": rush}).limits if not limit.met]


def test_a_good_rush_keeps_all_bounds() -> None:
    result = compose({"sqlite": KEPT, "postgresql": KEPT})

    assert all(limit.met for limit in result.limits)
    assert result.figures["sqlite"] == {
        "succeeded": CHATS,
        "clicks": 3,
        "seconds": 2.0,
        "cpu_ms_a_click": 10.0,
        "claim_p50_ms": 20.0,
        "claim_p99_ms": 29.8,
        "page_p50_ms": 20.0,
    }


def test_a_chat_taken_twice_one_left_and_a_slow_claim_are_missed() -> None:
    assert missed(replace(KEPT, twice=1)) == ["postgresql: chats taken twice"]
    assert missed(replace(KEPT, taken=CHATS - 1)) == ["postgresql: chats taken"]
    assert missed(replace(KEPT, claims=(0.06,))) == ["postgresql: claim p99, ms"]
