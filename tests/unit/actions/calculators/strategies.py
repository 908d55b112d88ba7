"""Sums of money, lengths and days as hypothesis draws them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

MONEY = st.decimals(min_value=0, max_value=10**8, places=2)
WAGES = st.decimals(min_value=1, max_value=10**6, places=2)
HOURS = st.decimals(min_value=0, max_value=744, places=1)
DAYS = st.dates(min_value=date(2008, 1, 1), max_value=date(2040, 12, 31))
BELOW_ZERO = st.decimals(min_value=-(10**6), max_value=Decimal("-0.01"), places=2)
