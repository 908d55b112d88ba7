"""What each role may do."""

from __future__ import annotations

from enum import StrEnum

from console.models import Role


class Permission(StrEnum):
    """One thing that is not for everybody."""

    SEE_QUEUE = "queue:see"
    SERVE = "chat:serve"
    READ_ANY_CHAT = "chat:read-any"
    SEE_DUTY = "duty:see"
    PLAN_DUTY = "duty:plan"


ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.AGENT: frozenset({Permission.SEE_QUEUE, Permission.SERVE, Permission.SEE_DUTY}),
    Role.SUPERVISOR: frozenset(
        {
            Permission.SEE_QUEUE,
            Permission.SERVE,
            Permission.READ_ANY_CHAT,
            Permission.SEE_DUTY,
            Permission.PLAN_DUTY,
        }
    ),
    # Whoever writes the FAQ has no business with what a citizen said.
    Role.EDITOR: frozenset(),
}


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that are allowed it."""
    return tuple(role for role in Role if may(role, permission))


def may(role: Role, permission: Permission) -> bool:
    """Whether somebody in this role is allowed it."""
    return permission in ALLOWED[role]
