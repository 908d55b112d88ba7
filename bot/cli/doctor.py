"""Looks at each dependency of an installation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.bootstrap import connections, faq_examples, laws_dir, today
from bot.channels.telegram.account import Account
from bot.cli.speech import words
from bot.settings import Settings
from bot.wechat_door import account_of
from core.clock import utc_now
from core.errors import AppError
from db.encryption import KEY_BYTES, Vault, load_vault
from db.engine import open_database
from knowledge_base.lint import lint
from knowledge_base.statutes import open_statutes
from nlu.server.environment import rasa_command
from nlu.training import fingerprint, intents


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at, whether it is well, and how to mend it if not."""

    what: str
    well: bool
    mend: str


async def examine(settings: Settings) -> list[Finding]:
    """Every check, in the order in which things are needed."""
    checks: dict[str, Callable[[], object]] = {
        "keys": lambda: load_vault(settings.data_dir / "keys"),
        "rasa": rasa_command,
        "model": lambda: _model(settings),
        "corpus": lambda: open_statutes(today(utc_now), shelf=laws_dir(settings)),
        "faq": lambda: _faq(settings),
        "telegram": lambda: _telegram(settings),
        "wechat": lambda: account_of(settings),
        "bodies": lambda: connections(settings),
    }
    database = _finding("database", well=await _database(settings))
    return [database, *(_finding(name, well=_passes(check)) for name, check in checks.items())]


def _finding(name: str, *, well: bool) -> Finding:
    return Finding(what=words(f"doctor_{name}"), well=well, mend=words(f"doctor_{name}_mend"))


def _passes(check: Callable[[], object]) -> bool:
    try:
        return check() is not False
    except (AppError, OSError):
        return False


async def _database(settings: Settings) -> bool:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        # No vault: the keys are looked at by themselves, and answering needs none.
        db = open_database(settings.database, Vault({"none": bytes(KEY_BYTES)}, current="none"))
        try:
            await db.ping()
        finally:
            await db.close()
    except (SQLAlchemyError, OSError, ImportError):  # the last: no driver of that name
        return False
    return True


def _model(settings: Settings) -> bool:
    name = f"nlu-{fingerprint(faq_examples(today(utc_now)))}.tar.gz"
    return bool(settings.rasa_urls) or (settings.data_dir / "models" / name).exists()


def _faq(settings: Settings) -> bool:
    return not lint(today(utc_now), intents(), shelf=laws_dir(settings)).faults


def _telegram(settings: Settings) -> bool:
    token = settings.telegram_token.get_secret_value()
    return not token or Account(token=token).id > 0
