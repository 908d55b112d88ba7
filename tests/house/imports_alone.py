"""Imports each module named on standard input in a process of its own; prints what failed.

Usage: ``python imports_alone.py LIBRARY… < modules``. The libraries are loaded once; every
module is then imported in a fork that knows nothing of ours yet, so that a cycle shows whichever
of its modules comes first.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback


def main(libraries: list[str]) -> int:
    """The number of modules that cannot be imported alone."""
    for library in libraries:
        importlib.import_module(library)
    return sum(not _imports(module) for module in sys.stdin.read().split())


def _imports(module: str) -> bool:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 0
        try:
            importlib.import_module(module)
        except BaseException:  # noqa: BLE001  # SystemExit too: whatever it is, it is told
            sys.stdout.write(f"{module}: {traceback.format_exc(limit=-1)}")
            sys.stdout.flush()
            code = 1
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return status == 0


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 100))
