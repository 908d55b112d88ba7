"""Finds web addresses in a folded text and says what is odd about them; nothing is fetched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import idna
import tldextract
import yaml

from antifraud.normal import Normal, normalise

BRANDS = Path(__file__).with_name("brands.yml")
_SHORTEST_FUZZY = 5
_HOMOGLYPHS = str.maketrans("01", "ol")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One address; ``marks`` are names of link rules, ``start`` and ``end`` index the folded text."""

    start: int
    end: int
    host: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A borrowed name: how it is called, where it really lives, what look-alikes copy."""

    names: tuple[str, ...]
    domains: tuple[str, ...]
    tokens: tuple[str, ...]


class LinkReader:
    """Knows the brands and the public suffixes of the packaged snapshot."""

    def __init__(self, data: Mapping[str, Any]) -> None:  # Any: YAML
        self._brands = tuple(
            Brand(names=tuple(b["names"]), domains=tuple(b["domains"]), tokens=tuple(b["tokens"]))
            for b in data["brands"]
        )
        self._official = tuple(data["official_suffixes"])
        self._shorteners = frozenset(data["shorteners"])
        self._odd = frozenset(data["odd_suffixes"])
        self._known = frozenset(d for b in self._brands for d in b.domains)
        self._dots = re.compile(rf"\s?(?:{data['dots']})\s?")
        self._address = _address_pattern(data["dots"])
        self._extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

    @classmethod
    def load(cls, path: Path = BRANDS) -> Self:
        """Read the brand list; its layout is described in the file."""
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    def find(self, normal: Normal) -> Sequence[Link]:
        """All addresses, in order; something that only looks like one is left out."""
        return tuple(self._links(normal))

    def _links(self, normal: Normal) -> Iterator[Link]:
        for match in self._address.finditer(normal.text):
            host = self._dots.sub(".", match["host"]).strip(".")
            if match["scheme"] is None and match["user"]:
                continue  # an e-mail address
            marks = self._marks(host, match, normal)
            if marks is not None:
                yield Link(start=match.start(), end=match.end(), host=host, marks=marks)

    def _marks(self, host: str, match: re.Match[str], normal: Normal) -> tuple[str, ...] | None:
        """What is odd about the address, or None when it is none."""
        by_number = bool(_IP.fullmatch(host))
        parts = self._extract(host)
        if not by_number and not (parts.suffix and parts.domain) and not _is_explicit(match, host):
            return None
        typed = _typed(match, normal)
        official = self._is_official(host) and not _has_foreign_letters(typed)
        domain = f"{parts.domain}.{parts.suffix}"
        stranger = not official and domain not in self._shorteners
        path = match["path"] or ""
        found = {
            "link_ip": by_number,
            "link_apk": path.endswith(".apk") or host.endswith(".apk"),
            # Of two that weigh alike the first is shown.
            "link_brand": stranger and self._borrows(_decoded(host)),
            "link_userinfo": bool(match["user"]),
            "link_disguised": _is_disguised(typed),
            "link_punycode": "xn--" in host,
            "link_short": domain in self._shorteners,
            "link_suffix": not parts.suffix or parts.suffix.rsplit(".", 1)[-1] in self._odd,
            "link_unknown": not official,
            "link_not_theirs": stranger and self._names_a_brand(normal.text),
            "link_official": official,
        }
        return tuple(name for name, holds in found.items() if holds)

    def _is_official(self, host: str) -> bool:
        return any(_under(host, d) for d in (*self._known, *self._official))

    def _borrows(self, host: str) -> bool:
        """Whether a stranger's host carries a brand's token."""
        labels = [label for label in re.split(r"[.\-_]", host) if label]
        return any(
            _resembles(label, t) for label in labels for b in self._brands for t in b.tokens
        )

    def _names_a_brand(self, text: str) -> bool:
        return any(name in text for brand in self._brands for name in brand.names)


def _address_pattern(dots: str) -> re.Pattern[str]:
    dot = rf"(?:\.|\s?(?:{dots})\s?)"
    label = "[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?"
    wide = "[a-z0-9\u3400-\u9fff-]{1,63}"
    return re.compile(
        rf"(?<![a-z0-9.\-])(?P<scheme>h(?:tt|xx)ps?://)?"
        rf"(?P<user>[a-z0-9._%+:-]{{1,64}}@)?"
        rf"(?P<host>(?(scheme){wide}|{label})(?:{dot}{label}){{1,6}})"
        rf"(?P<port>:\d{{1,5}})?(?P<path>/[!-~]*)?"
    )


def _is_explicit(match: re.Match[str], host: str) -> bool:
    """Whether a host without a public suffix is still meant as an address."""
    named = bool(re.search(r"[a-z]-?[a-z0-9-]*\.[a-z]{2,}$", host))
    return named and bool(match["scheme"] or match["path"] or "-" in host)


def _under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _decoded(host: str) -> str:
    """The host with international labels spelled out and look-alike letters folded."""
    labels = [_decoded_label(label) for label in host.split(".")]
    return normalise(".".join(labels)).text


def _decoded_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return idna.decode(label)
    except idna.IDNAError:
        return label


def _typed(match: re.Match[str], normal: Normal) -> str:
    """The host as it stands in the original text."""
    first, last = normal.origins[match.start("host")], normal.origins[match.end("host") - 1]
    return normal.original[first : last + 1]


def _is_disguised(typed: str) -> bool:
    """Whether the host was not typed in plain ASCII, or its dots were written out."""
    return not typed.isascii() or "[" in typed or "(" in typed


def _has_foreign_letters(typed: str) -> bool:
    """Whether letters that only look Latin (Cyrillic, Greek) stand in the host."""
    folded = unicodedata.normalize("NFKC", typed)
    return any(c.isalpha() and "\u024f" < c < "\u2e80" for c in folded)


def _resembles(label: str, token: str) -> bool:
    """A token itself, a token with a tail of letters or digits, or one letter off."""
    if label == token:
        return True
    if len(token) < _SHORTEST_FUZZY:
        return False
    folded = label.translate(_HOMOGLYPHS).replace("rn", "m")
    return token in label or token in folded or _one_off(folded, token)


def _one_off(left: str, right: str) -> bool:
    """Whether exactly one letter differs between words of equal length."""
    pairs = zip(left, right, strict=False)
    return len(left) == len(right) and sum(a != b for a, b in pairs) == 1
