"""What can go wrong between us and a body's own system."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from core.errors import AppError, Conflict, Forbidden, Invalid, NotFound


class BadSignature(Forbidden):
    """This is not signed with the key of that body, or was signed too long ago."""


class BadUpdate(Invalid):
    """This is no update as the contract has it."""


class UpdateTaken(Conflict):
    """Another update came under this id or number before."""


class BodyUnknown(NotFound):
    """There is no such body, or it is not connected here."""


class NotTheirs(NotFound):
    """That body has no such case from us."""


class FaultyConnections(Invalid):
    """The file of connections does not hold together."""


class PushCode(StrEnum):
    """Why a case did not arrive at a body."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    SERVER_ERROR = "server_error"
    THROTTLED = "throttled"
    KEY_REFUSED = "key_refused"
    ANSWER_UNREADABLE = "answer_unreadable"
    REJECTED = "rejected"
    RETURNED = "returned"


# To send the same again to whoever found it wrong, or said that it is not theirs, is no use.
FINAL = frozenset({PushCode.REJECTED, PushCode.RETURNED})
# These say that the whole system is away, not this one case.
AWAY = frozenset({PushCode.UNREACHABLE, PushCode.TIMEOUT})


class PushError(AppError):
    """A case did not arrive; ``retry_after`` is what the body asked for."""

    def __init__(self, code: PushCode, *, retry_after: timedelta | None = None) -> None:
        super().__init__(f"the body did not take the case: {code}")
        self.code = code
        self.retry_after = retry_after

    @property
    def retryable(self) -> bool:
        """Whether another try may end otherwise."""
        return self.code not in FINAL
