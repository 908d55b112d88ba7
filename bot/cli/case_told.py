"""How the terminal tells cases: a line each, or a sheet; and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.cli.speech import say, words
from cases.desk import Sent, Sheet
from cases.listing import Row
from cases.proof import Finding
from cases.transfers import transfer_table, yuan
from core.case_views import Deadline
from core.clock import SUZHOU
from core.masking import mask

Json = dict[str, Any]  # Any: JSON
# A reference looks like the number of a bank card, and so may a part of an address.
NUMBERS = frozenset({"reference", "id", "media_url"})


def print_rows(rows: Sequence[Row]) -> None:
    """A line a case; titles are masked."""
    if not rows:
        say("case_empty")
    for row in rows:
        say(
            "case_line",
            reference=row.reference,
            state=row.state,
            due=row.due or words("case_no_due"),
            mark=words("case_overdue") if row.overdue else "",
            watched=words(f"case_{row.supervision}"),
            agency=row.agency,
            title=mask(row.title),
        )


def print_sheet(sheet: Sheet) -> None:
    """Everything of a case, a part a line; what citizens wrote is masked."""
    say(
        "case_sheet",
        reference=sheet.reference,
        kind=sheet.kind,
        sub_kind=sheet.sub_kind,
        title=mask(sheet.title),
        state=sheet.state,
        agency=sheet.agency,
        district=sheet.district,
        place=mask(sheet.place),
        watched=words(f"case_{sheet.supervision}"),
        rating=sheet.rating or "",
    )
    if sheet.delivery != "none" or sheet.tags:
        state = words(f"body_{sheet.delivery}")
        say("case_beside", sent=state, tags="，".join(sheet.tags))
    for deadline in sheet.deadlines:
        say("case_deadline", **_deadline(deadline))
    for role, block in sheet.persons:
        told = "，".join(f"{name} {value}" for name, value in block.items())
        say("case_person", role=words(f"case_role_{role}"), told=mask(told))
    for entry in sheet.entries:
        key = "case_entry" if entry.public else "case_entry_hidden"
        day = f"{entry.at.astimezone(SUZHOU):%Y-%m-%d %H:%M}"
        say(key, at=day, label=entry.label, author=entry.author, text=mask(entry.text))
        if entry.words:
            say("case_words", words=mask(entry.words).replace("\n", " "))
    _print_files(sheet)
    for counsel in sheet.counsel:
        finding = counsel.finding if counsel.serves else "looked_at"
        mark = words(f"case_counsel_{finding}", others="、".join(counsel.others))
        say("case_counsel", lawyer=counsel.lawyer, mark=mark)
    for sent in sheet.transfers:
        say("case_transfer", **_transfer(sent))
    say("case_possible", steps=" ".join(sheet.possible))


def _print_files(sheet: Sheet) -> None:
    for file in sheet.files:
        say("case_file", **asdict(file))
    if link := sheet.details.get("media_url"):
        say("case_link", link=link)


def row_json(row: Row) -> Json:
    """A line of the list as JSON, masked like the text."""
    return {name: _plain(name, value) for name, value in asdict(row).items()}


def sheet_json(sheet: Sheet) -> Json:
    """A sheet as JSON, masked like the text."""
    return {name: _plain(name, value) for name, value in asdict(sheet).items()}


def finding_json(finding: Finding) -> Json:
    """What became of checking a case; ``seq`` and ``head`` are to be kept elsewhere."""
    return {
        "reference": finding.reference,
        "seq": finding.head.seq,
        "head": finding.head.digest,
        "whole": finding.whole,
        "at": finding.at,
        "missing": finding.missing,
    }


def _deadline(deadline: Deadline) -> dict[str, object]:
    return {
        "what": deadline.what,
        "due": deadline.due,
        "rule": deadline.citation.label if deadline.citation else "",
        "computed": deadline.computed,
        "mark": words("case_overdue") if deadline.overdue else "",
    }


def _transfer(sent: Sent) -> dict[str, object]:
    table, told = transfer_table(), sent.transfer
    ends = {"origin": told.origin, "target": told.target}
    at = told.at.astimezone(SUZHOU)
    return {
        "number": sent.number,
        "amount": yuan(told.amount),
        "at": f"{at:%Y-%m-%d %H:%M}",
        "precision": table.precisions[told.precision],
        "method": table.methods[told.method],
        **{n: mask(f"{a.bank} {a.holder} {a.account}".strip()) for n, a in ends.items()},
        "serial": mask(told.serial),
        "source": table.sources[told.source],
        "state": sent.state,
        "until": words("case_until", moment=f"{sent.until.astimezone(SUZHOU):%Y-%m-%d %H:%M}")
        if sent.until
        else "",
        "refunded": words("case_refunded", amount=yuan(sent.refunded)) if sent.refunded else "",
        "doubts": "，".join(words(f"case_doubt_{doubt}") for doubt in sent.doubts),
    }


def _plain(name: str, value: Any) -> Any:  # Any: JSON
    """Days and moments as ISO text, and everything that somebody wrote masked."""
    if isinstance(value, dict):
        return {str(k): _plain(str(k), v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(name, v) for v in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return mask(value) if isinstance(value, str) and name not in NUMBERS else value
