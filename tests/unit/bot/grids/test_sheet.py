"""A day's sheet: zero and silence look different, and nothing typed is ever computed."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from bot.grids.sheet import cells, sheet_bytes
from cases.grids.reports import Line, State

ZERO = Line(grid="1网格", area="320508", state=State.ZERO, screened=26, edition=1)
FOUND = Line(
    grid="2网格",
    area="SIP000",
    state=State.REPORTED,
    screened=5,
    found=2,
    disputes="=1+1\x07",
    edition=2,
    late=True,
    substitute=True,
)
MISSING = Line(grid="3网格", area="320583", state=State.MISSING)


def test_zero_is_told_from_silence() -> None:
    assert (cells(ZERO)["state"], cells(ZERO)["found"]) == ("零", "0")
    assert (cells(MISSING)["state"], cells(MISSING)["found"]) == ("没报", "")
    unbound = Line(grid="4网格", area="320583", state=State.MISSING, bound=False)
    assert cells(unbound)["state"] == "没报（没有绑定人）"
    assert cells(FOUND)["notes"] == "更正、补报、代报"


def test_the_workbook_holds_every_grid() -> None:
    sheet = load_workbook(BytesIO(sheet_bytes([ZERO, FOUND, MISSING])))["网格日报"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]

    assert [row[0] for row in rows] == ["1网格", "2网格", "3网格"]
    assert rows[1][5] == "'=1+1"
    assert rows[2][3] is None
