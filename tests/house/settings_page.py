"""Writes docs/reference/settings.md from the settings themselves: ``python -m tests.house.settings_page``."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.settings import Settings
from tests.house.tree import ROOT

PAGE = "docs/reference/settings.md"
HEAD = """# 设置

由 `python -m tests.house.settings_page` 从 `bot/settings.py` 生成，不要手改；测试会核对。

每一项都是环境变量，也可以写在项目根目录的 `.env` 文件里（`名字=值`，一行一项；环境变量优先）。
什么都不设也能运行。

| setting | default | meaning |
|---|---|---|
"""


def page() -> str:
    """The page as it must stand in the docs."""
    rows = (_row(name.upper(), field) for name, field in Settings.model_fields.items())
    return HEAD + "".join(rows)


def _row(name: str, field: FieldInfo) -> str:
    default = field.default
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    if isinstance(default, bool):
        default = str(default).lower()
    shown = f"`{default}`" if str(default) else "*empty*"
    return f"| `{name}` | {shown} | {field.description} |\n"


if __name__ == "__main__":
    (ROOT / PAGE).write_text(page(), encoding="utf-8")
