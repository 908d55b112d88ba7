"""`python -m bot …`: every command in one list."""

from __future__ import annotations

import typer

from bot.cli import (
    alert,
    ask,
    body,
    case,
    duty,
    evaluate,
    fraud,
    grid,
    handoff,
    kb,
    maintain,
    open311,
    slots,
    user,
    wechat,
)
from bot.cli.logs import set_up_logs

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command("run")(maintain.run)
app.command("ask", no_args_is_help=True)(ask.ask)
app.command("train")(maintain.train)
app.command("vectors")(maintain.vectors)
app.command("migrate")(maintain.migrate)
app.command("demo")(maintain.demo)
app.command("doctor")(maintain.doctor)
app.add_typer(evaluate.app, name="eval")
app.add_typer(kb.app, name="kb")
app.add_typer(handoff.app, name="handoff")
app.add_typer(duty.app, name="duty")
app.add_typer(user.app, name="user")
app.add_typer(case.app, name="case")
app.add_typer(open311.app, name="open311")
app.add_typer(fraud.app, name="fraud")
app.add_typer(slots.app, name="slots")
app.add_typer(grid.app, name="grid")
app.add_typer(body.app, name="body")
app.add_typer(alert.app, name="alert")
app.add_typer(wechat.app, name="wechat")


@app.callback()
def start() -> None:
    """Sufatong: open legal information for citizens."""
    set_up_logs()
