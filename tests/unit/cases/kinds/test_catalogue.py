from __future__ import annotations

import pytest

from cases.errors import KindNotOffered
from cases.kinds.catalogue import machine_of
from cases.kinds.petition import petition
from cases.references import Kind


def test_a_petition_has_its_table() -> None:
    assert machine_of("XF") is petition()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PETITION])
def test_other_kinds_are_refused(kind: Kind) -> None:
    with pytest.raises(KindNotOffered):
        machine_of(kind)
