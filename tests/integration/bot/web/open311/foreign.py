"""Two clients that others wrote: georeport, which reads, and three, which also posts."""

from __future__ import annotations

import itertools
import warnings
from typing import Any


def georeport(url: str, as_format: str) -> Any:  # Any: the library is not typed
    """The newest client in Python."""
    from georeport import GeoReport

    return GeoReport(url, output_format=as_format)


def three(url: str, key: str) -> Any:  # Any: likewise
    """A client of 2013; it was written for another Python and asks ``itertools`` for ``ifilter``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        itertools.ifilter = filter  # type: ignore[attr-defined]
        try:
            from three import Three
        finally:
            del itertools.ifilter  # type: ignore[attr-defined]
    return Three(url, api_key=key)
