"""Errors by what the person who meets them can do; the edge maps each class to a status."""

from __future__ import annotations


class AppError(Exception):
    """Something went wrong."""

    def __str__(self) -> str:
        """The message given, else the class docstring's first line."""
        return super().__str__() or (self.__doc__ or "").strip().splitlines()[0]


class Invalid(AppError):
    """The input cannot be accepted as it is."""


class Forbidden(AppError):
    """Not allowed."""


class NotFound(AppError):
    """There is no such thing."""


class Conflict(AppError):
    """It has changed meanwhile."""


class Outrun(Conflict):
    """Somebody else was quicker; looked at again, it is decided anew."""


class Unavailable(AppError):
    """Needed something that is away just now."""


HTTP_STATUS: dict[type[AppError], int] = {
    Invalid: 422,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Unavailable: 503,
}


def http_status(error: AppError) -> int:
    """The status of the nearest class in ``HTTP_STATUS``, else 500."""
    return next((HTTP_STATUS[cls] for cls in type(error).__mro__ if cls in HTTP_STATUS), 500)
