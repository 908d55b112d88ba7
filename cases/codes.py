"""Query codes: the secret half of a receipt, kept only as a keyed digest."""

from __future__ import annotations

import secrets

from cases.errors import BadFiling
from cases.references import tidy
from db.encryption import Vault

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def new_code() -> str:
    """Draw a code, without the look-alikes 0 O 1 I L; 31⁸ ≈ 8.5 · 10¹¹ of them exist."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def checked_code(text: str) -> str:
    """The code in its one spelling; raises ``BadFiling`` if it could not have been drawn."""
    code = tidy(text)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise BadFiling("a query code has eight characters of its own alphabet")
    return code


def code_digest(vault: Vault, reference: str, code: str) -> str:
    """What is stored of a code; bound to its reference, so equal codes do not look alike."""
    return vault.digest("case-code", f"{tidy(reference)}\0{tidy(code)}")


def reference_digest(vault: Vault, reference: str) -> str:
    """A typed reference as failed look-ups are counted by, real or not."""
    return vault.digest("case-reference", tidy(reference))
