"""Warnings as a conversation sees them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Warnings of an area, a key of ``cases/districts.yml``, and a type of fraud, or of every one."""

    area: str
    fraud_type: str = ""
