"""Who may see what."""

from __future__ import annotations

import pytest

from console.models import Role
from console.permissions import ALLOWED, Permission, may, roles_with


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.AGENT, True), (Role.SUPERVISOR, True), (Role.EDITOR, False)]
)
def test_only_those_who_serve_citizens_see_the_queue(role: Role, *, sees: bool) -> None:
    assert may(role, Permission.SEE_QUEUE) is sees


@pytest.mark.parametrize(
    ("role", "reads"), [(Role.AGENT, False), (Role.SUPERVISOR, True), (Role.EDITOR, False)]
)
def test_only_supervisors_read_colleagues_chats(role: Role, *, reads: bool) -> None:
    assert may(role, Permission.READ_ANY_CHAT) is reads


def test_those_who_serve_are_agents_and_supervisors() -> None:
    assert roles_with(Permission.SERVE) == (Role.AGENT, Role.SUPERVISOR)


def test_every_role_is_decided() -> None:
    assert set(ALLOWED) == set(Role)
