"""How a body's system is spoken to, whatever it is: the same two verbs for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bodies.contract import Parcel, Receipt, Standing
from bodies.errors import PushError

End = Receipt | PushError


class Adapter(Protocol):
    """A body's system.

    ``nightly`` ones are spoken to once a night and send no updates: what they list is how they
    tell. ``push`` gives the end of each parcel it tried, in order; fewer than it was given when it
    stopped. ``standing`` is everything they have of ours that is open there; raises ``PushError``.
    """

    nightly: bool

    async def push(self, parcels: Sequence[Parcel]) -> Sequence[End]: ...

    async def standing(self) -> Sequence[Standing]: ...
