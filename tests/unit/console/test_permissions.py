"""Who may see what."""

from __future__ import annotations

import pytest

from console.models import Role
from console.permissions import ALLOWED, Permission, may


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.AGENT, True), (Role.SUPERVISOR, True), (Role.EDITOR, False)]
)
def test_only_those_who_serve_citizens_see_the_queue(role: Role, *, sees: bool) -> None:
    assert may(role, Permission.SEE_QUEUE) is sees


def test_every_role_is_decided() -> None:
    assert set(ALLOWED) == set(Role)
