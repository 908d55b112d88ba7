"""Every module has a test file of its path and name, so that a missing test is visible."""

from __future__ import annotations

from pathlib import PurePosixPath

from tests.house.tree import BESIDE, ROOMS, files, modules, tracked

LEVELS = ("unit", "integration", "e2e")
DECLARATIONS = {"__init__.py", "__main__.py", "errors.py", "models.py", "keys.py", "ports.py"}
# Module → why it has no test file of its own.
EXCEPTIONS = {
    "bodies/adapters/base.py": "declarations; both adapters' tests use them",
    "bot/channels/base.py": "declarations; every channel's test uses them",
    "bot/channels/telegram/attachments.py": "test_receive.py reads a payload of every kind",
    "bot/cli/app.py": "a list of commands; tests/house/test_docs.py walks it",
    "bot/settings.py": "declarations; tests/house/test_settings.py compares them with the docs",
    "bot/toolbox.py": "a value class; every engine's test fills it",
    "bot/web/metrics.py": "one line around the library",
    "cases/orders.py": "value classes without a method",
    "alerts/states.py": "two enumerations",
    "core/alerts.py": "a value class",
    "core/duty.py": "a value class",
    "core/clock.py": "a constant and one call of the standard library",
    "core/effects.py": "value classes without a method",
    "core/case_views.py": "value classes",
    "core/fraud_reports.py": "value classes",
    "core/grids.py": "value classes",
    "core/knowledge.py": "value classes",
    "nlu/components/trainer.py": "runs in Rasa's Python; test_training.py has it train",
}

# Tests of a behaviour that several modules bring about together.
TOPICS = {
    "tests/integration/alerts/test_killed.py",
    "tests/integration/benchmarks/test_talks.py",
    "tests/integration/handoff/test_serving.py",
    "tests/integration/bot/channels/telegram/test_telemelya.py",
    "tests/integration/bot/web/open311/test_georeport.py",
    "tests/integration/bot/web/open311/test_georeport_fuzz.py",
    "tests/unit/actions/calculators/test_worked.py",
    "tests/unit/antifraud/test_short_told.py",
    "tests/integration/migrations/test_filled.py",
}


def test_every_module_has_its_test() -> None:
    missing = {n for n in _modules() if not _tests_of(n) & set(tracked())}

    assert sorted(missing - set(EXCEPTIONS)) == []


def test_every_test_has_its_module() -> None:
    known = {test for name in files(*ROOMS, *BESIDE, suffix=".py") for test in _tests_of(name)}
    mirrored = {
        name
        for name in tracked()
        if name.startswith(tuple(f"tests/{lv}/{r}/" for lv in LEVELS for r in (*ROOMS, *BESIDE)))
        and PurePosixPath(name).name.startswith("test_")
    }

    assert sorted(mirrored - known - TOPICS) == []


def test_every_exception_is_still_needed() -> None:
    needed = {n for n in EXCEPTIONS if n in modules() and not _tests_of(n) & set(tracked())}

    assert sorted(set(EXCEPTIONS) - needed) == []


def _modules() -> set[str]:
    return {n for n in modules() if PurePosixPath(n).name not in DECLARATIONS}


def _tests_of(name: str) -> set[str]:
    path = PurePosixPath(name)
    return {f"tests/{level}/{path.parent}/test_{path.name}" for level in LEVELS}
