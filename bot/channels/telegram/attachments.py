"""Files, places and people that came with a Telegram message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from telegram import (
    Animation,
    Audio,
    Contact,
    Document,
    Location,
    Message,
    PhotoSize,
    Venue,
    Video,
    VideoNote,
    Voice,
)

from core.messages import Attachment

File = Animation | Audio | Document | Video | VideoNote | Voice


def read_attachments(message: Message) -> tuple[Attachment, ...]:
    """All that a message carries beside its words.

    Files are named by Telegram's ``file_id``; a place becomes a ``geo:`` address (RFC 5870) and
    a shared contact a ``tel:`` address (RFC 3966) typed ``text/vcard``.
    """
    caption = message.caption
    found = [
        _image(_sizes(message), caption),
        _file("voice", message.voice, caption),
        _file("voice", message.audio, caption),
        _file("video", message.video, caption),
        _file("video", message.video_note, caption),
        _file("video", message.animation, caption),
        # Telegram repeats an animation as a document, for old clients.
        _file(_kind(message), None if message.animation else message.document, caption),
        _sticker(message),
        _place(message.location, message.venue),
        _person(message.contact),
    ]
    return tuple(attachment for attachment in found if attachment is not None)


def _sizes(message: Message) -> Sequence[PhotoSize]:
    if message.photo or message.live_photo is None:
        return message.photo
    return message.live_photo.photo or ()


def _image(sizes: Sequence[PhotoSize], caption: str | None) -> Attachment | None:
    if not sizes:
        return None
    largest = max(sizes, key=lambda size: size.width * size.height)
    return Attachment(
        kind="image",
        file_id=largest.file_id,
        mime="image/jpeg",
        size=largest.file_size,
        caption=caption,
    )


def _kind(message: Message) -> Literal["image", "file"]:
    """A picture sent as a document, uncompressed, is a picture."""
    mime = message.document.mime_type if message.document else None
    return "image" if (mime or "").startswith("image/") else "file"


def _file(
    kind: Literal["image", "voice", "video", "file"], file: File | None, caption: str | None
) -> Attachment | None:
    if file is None:
        return None
    return Attachment(
        kind=kind,
        file_id=file.file_id,
        mime="video/mp4" if isinstance(file, VideoNote) else file.mime_type,
        size=file.file_size,
        caption=caption,
    )


def _sticker(message: Message) -> Attachment | None:
    sticker = message.sticker
    if sticker is None:
        return None
    return Attachment(
        kind="sticker", file_id=sticker.file_id, size=sticker.file_size, caption=sticker.emoji
    )


def _place(location: Location | None, venue: Venue | None) -> Attachment | None:
    if location is None:
        return None
    return Attachment(
        kind="location",
        url=f"geo:{location.latitude},{location.longitude}",
        caption=f"{venue.title} {venue.address}" if venue else None,
    )


def _person(contact: Contact | None) -> Attachment | None:
    if contact is None:
        return None
    name = " ".join(n for n in (contact.first_name, contact.last_name) if n)
    return Attachment(
        kind="file",
        url="tel:" + re.sub(r"[^+\d]", "", contact.phone_number),
        mime="text/vcard",
        caption=name,
    )
