"""Puts changed entries into the files they stand in; every other byte of a file stays as it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge_base.entries import Draft
from knowledge_base.faq_words import refused
from knowledge_base.faq_yaml import entry_yaml

LEGAL = "legal_"
ITEM = "- "
Placed = Sequence[tuple[str, Draft]]


def placed(before: Placed, drafts: Iterable[Draft]) -> Placed:
    """All drafts with their files: known ones where they stand, new ones with those of their intent.

    An intent without entries gets a file of its name: ``legal_space`` → ``space.yml``.
    """
    incoming = {draft.id: draft for draft in drafts}
    kept = [(file, incoming.pop(draft.id, draft)) for file, draft in before]
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for file, draft in before:
        homes[draft.intent][file] += 1
    return [*kept, *((_home(draft.intent, homes), draft) for draft in incoming.values())]


def rewritten(folder: Path, before: Placed, after: Placed) -> Mapping[Path, bytes]:
    """The new content of each file that changes; raises ``BadData`` for one laid out otherwise.

    Comments within an entry that changes are lost, those between entries stay.
    """
    known = {draft.id: draft for _, draft in before}
    contents: dict[Path, bytes] = {}
    for file in dict.fromkeys(name for name, _ in after):
        own = [draft for name, draft in after if name == file]
        changed = {d.id: d for d in own if d.id in known and known[d.id] != d}
        added = [d for d in own if d.id not in known]
        if changed or added:
            path = folder / file
            text = path.read_bytes().decode("utf-8") if path.exists() else ""
            contents[path] = _checked(file, _spliced(file, text, changed, added), own).encode()
    return contents


def _home(intent: str, homes: Mapping[str, Counter[str]]) -> str:
    files = homes.get(intent)
    if not files:
        return f"{intent.removeprefix(LEGAL)}.yml"
    return min(files, key=lambda file: (-files[file], file))


def _spliced(file: str, text: str, changed: Mapping[str, Draft], added: Sequence[Draft]) -> str:
    ending = "\r\n" if "\r\n" in text else "\n"
    starts = _starts(file, text)
    bounds = [*starts.values(), len(text)]
    whole = text[: bounds[0]]
    for (entry, start), end in zip(starts.items(), bounds[1:], strict=True):
        block = text[start:end]
        if entry in changed:
            block = entry_yaml(changed[entry]).replace("\n", ending) + _after(block)
        whole += block
    for draft in added:
        if whole and not whole.endswith("\n"):
            whole += ending
        whole += (ending if whole else "") + entry_yaml(draft).replace("\n", ending)
    return whole


def _starts(file: str, text: str) -> dict[str, int]:
    """Where each entry begins, by its id; raises ``BadData`` where that is no ``- `` of a line."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    if node is None:
        return {}
    found = {}
    for item in node.value:
        start = item.start_mark.index - len(ITEM)
        if not f"\n{text}"[start:].startswith(f"\n{ITEM}"):
            raise refused("file_by_hand", file=file)
        fields = {key.value: value.value for key, value in item.value}
        found[fields["id"].strip()] = start
    return found


def _after(block: str) -> str:
    """What of a block is the next entry's: the blank lines and comments at its end."""
    lines = block.split("\n")
    own = len(lines)
    while own > 1 and (not lines[own - 1].strip() or lines[own - 1].startswith("#")):
        own -= 1
    return "\n".join(lines[own:])


def _checked(file: str, text: str, wanted: Sequence[Draft]) -> str:
    """The text, once it has been read back as exactly what was wanted.

    It is not where an entry that changed held what others of the file refer to.
    """
    try:
        items = TypeAdapter(list[dict[str, object]]).validate_python(
            yaml.load(text, Loader=yaml.CSafeLoader)
        )
        same = [Draft.model_validate(item) for item in items] == list(wanted)
    except (yaml.YAMLError, ValidationError):
        same = False
    if not same:
        raise refused("file_by_hand", file=file)
    return text
