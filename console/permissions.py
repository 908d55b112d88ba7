"""What each role may do."""

from __future__ import annotations

from enum import StrEnum

from console.models import Role


class Permission(StrEnum):
    """One thing that is not for everybody."""

    SEE_QUEUE = "queue:see"


ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.AGENT: frozenset({Permission.SEE_QUEUE}),
    Role.SUPERVISOR: frozenset({Permission.SEE_QUEUE}),
    # Whoever writes the FAQ has no business with what a citizen said.
    Role.EDITOR: frozenset(),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether somebody in this role is allowed it."""
    return permission in ALLOWED[role]
