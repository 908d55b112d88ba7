"""A form that may bring pictures, read part by part: what it says, the pictures, what was refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from bot.web.sheets import fields
from cases.attachments import MOST_BYTES

PHOTOS = "photos"
CHUNK = 64 * 1024
# As in a form without pictures.
MOST_TEXT = 1024**2
# What is too much is read to its end, so that the browser hears why; beyond that the line is closed.
MOST_OF_ALL = 64 * 1024**2


@dataclass(slots=True, kw_only=True)
class FilledForm:
    """``refused`` says why the pictures are not taken, as ``FileRefused`` does; empty if they are.

    Names of files are not kept: they may say whose they are.
    """

    fields: dict[str, str] = field(default_factory=dict)
    pictures: list[bytes] = field(default_factory=list)
    refused: str = ""


async def filled_form(request: web.Request, *, most: int) -> FilledForm:
    """What a form sent with ``most`` pictures; nothing where it cannot be read.

    Raises 413 for more than ``MOST_TEXT`` of text or ``MOST_OF_ALL`` of everything.
    """
    if request.content_type != "multipart/form-data":
        return FilledForm(fields=await fields(request))
    reading = _Reading(most=most)
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader):
                await reading.take(part)
    except web.HTTPException:
        raise
    except Exception:  # noqa: BLE001  # a broken form, bytes that are no text, a line that was cut
        return FilledForm()
    return reading.form


@dataclass(slots=True, kw_only=True)
class _Reading:
    most: int
    form: FilledForm = field(default_factory=FilledForm)
    read: int = 0

    async def take(self, part: BodyPartReader) -> None:
        if part.filename is None:
            content = await self._content(part, MOST_TEXT)
            if content is None:
                raise web.HTTPRequestEntityTooLarge(MOST_TEXT, self.read)
            self.form.fields[part.name or ""] = content.decode()
            return
        content = await self._content(part, MOST_BYTES)
        if part.name != PHOTOS or (content == b"" and not part.filename):
            return  # a browser sends an empty one where none was chosen
        if content is None:
            self.form.refused = self.form.refused or "too_big"
        elif len(self.form.pictures) == self.most:
            self.form.refused = self.form.refused or "full"
        else:
            self.form.pictures.append(content)

    async def _content(self, part: BodyPartReader, most: int) -> bytes | None:
        """All of a part, None where it is more than ``most`` bytes."""
        content: bytearray | None = bytearray()
        while not part.at_eof():
            chunk = await part.read_chunk(CHUNK)
            self.read += len(chunk)
            if self.read > MOST_OF_ALL:
                raise web.HTTPRequestEntityTooLarge(MOST_OF_ALL, self.read)
            if content is not None:
                content += chunk
                if len(content) > most:
                    content = None
        return None if content is None else bytes(content)
