"""Pictures of the web chat: taken in before the message that carries them, shown to their owner."""

from __future__ import annotations

from aiohttp import BodyPartReader, web

from bot.web.keys import UPLOADING
from bot.web.middleware import problem
from bot.web.visitors import digest, remember, visitor
from cases.attachments import MOST_BYTES
from cases.errors import FileRefused
from console.keys import UPLOADS

UPLOADS_A_MINUTE = 20
CHUNK = 64 * 1024
# Why a file is refused → the status, and the code whose sentence the page shows.
REFUSED = {
    "empty": (422, "FileEmpty"),
    "too_big": (413, "FileTooBig"),
    "too_large": (422, "FileTooLarge"),
    "type": (415, "FileType"),
    "broken": (422, "FileBroken"),
    "full": (422, "FileTooMany"),
}


class CutOff(Exception):
    """The body ended before the file did, or holds none."""


async def upload(request: web.Request) -> web.Response:
    """Keep one picture and answer 201 with its id; a message then carries it."""
    who = visitor(request)
    if not request.app[UPLOADING].allows(digest(request, who)):
        return problem(429, "TooMany")
    try:
        content, name = await _file(request)
        kept = await request.app[UPLOADS].take(who, content, name)
    except CutOff:
        return problem(400, "CutOff")
    except FileRefused as error:
        return problem(*REFUSED[error.why])
    body = {
        "id": kept.upload,
        "url": f"/api/chat/attachments/{kept.upload}",
        "mime": kept.mime,
        "size": kept.size,
    }
    response = web.json_response(body, status=201)
    remember(request, response)
    return response


async def show(request: web.Request) -> web.Response:
    """A picture to the visitor who sent it; to everybody else there is none."""
    picture = await request.app[UPLOADS].show(visitor(request), request.match_info["id"])
    return web.Response(body=picture.content, content_type=picture.mime)


async def _file(request: web.Request) -> tuple[bytes, str]:
    """The first file of a multipart body and its name; raises ``CutOff`` and ``FileRefused``."""
    try:
        reader = await request.multipart()
        async for part in reader:
            if isinstance(part, BodyPartReader) and part.filename is not None:
                return await _content(part), part.filename
    except FileRefused:
        raise
    except Exception as error:  # no multipart, a broken one, or a line that was cut
        raise CutOff from error
    raise CutOff


async def _content(part: BodyPartReader) -> bytes:
    content = bytearray()
    while not part.at_eof():
        content += await part.read_chunk(CHUNK)
        if len(content) > MOST_BYTES:
            # No more of it is read: whoever sends on finds the line closed.
            raise FileRefused("too_big")
    return bytes(content)
