"""What can go wrong with accounts and logins; the class's name finds its wording."""

from __future__ import annotations

from core.errors import Conflict, Forbidden, Invalid, Unavailable


class BadName(Invalid):
    """A staff name has 2 to 32 letters, digits, dots, hyphens or underscores."""


class BadPassword(Invalid):
    """A password has 10 to 128 characters."""


class NameTaken(Conflict):
    """There is an account with this name already."""


class LoginRefused(Forbidden):
    """The name and password do not open an account; why is told to nobody."""


class NotLoggedIn(Forbidden):
    """The session is unknown, over or revoked."""


class NotAllowed(Forbidden):
    """The role does not include this."""


class LoginsBusy(Unavailable):
    """More logins are being checked than the machine can take."""


class NoWords(Invalid):
    """An answer without words."""


class TooLong(Invalid):
    """An answer longer than a citizen would read at once."""


class NoSuchColleague(Invalid):
    """Nobody of this name serves citizens here."""
