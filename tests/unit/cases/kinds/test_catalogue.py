from __future__ import annotations

import pytest

from cases.errors import KindNotOffered
from cases.kinds.appointment import appointment
from cases.kinds.catalogue import machine_of, machines
from cases.kinds.hazard import hazard
from cases.kinds.petition import petition
from cases.references import Kind

OFFERED = (Kind.PETITION, Kind.HAZARD, Kind.APPOINTMENT)


def test_each_kind_has_its_table() -> None:
    assert machine_of("XF") is petition()
    assert machine_of("YH") is hazard()
    assert machine_of("YY") is appointment()
    assert [machine.kind for machine in machines()] == list(OFFERED)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in OFFERED])
def test_other_kinds_are_refused(kind: Kind) -> None:
    with pytest.raises(KindNotOffered):
        machine_of(kind)
