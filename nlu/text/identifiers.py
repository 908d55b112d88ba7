"""Numbers and codes that identify: case references, query codes, cards, telephones, links.

Values are bare: upper case and without separators. An identity card counts with a right check
character and a birthday that has been, a bank card of 16 to 19 digits with a right Luhn digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nlu.text.mentions import Mention

_SEPARATORS = re.compile(r"[ ()-]")
_KINDS = "XF|ZP|XS|TJ|FY|YH|YY|LB|QX"
_CASE_REF = re.compile(
    rf"(?:{_KINDS})(?:"
    r"[ -]?(?:[0-9]{6}|SIP[0-9]{0,3})[ -]?[0-9]{6}[ -]?[0-9]{4,7}[ -]?[0-9A-Z](?![0-9A-Z])"
    r"|(?:[0-9]{6}|SIP[0-9]{0,3})[0-9]{6}[0-9]{4,7}[0-9A-Z]"
    # All of it, with blanks wherever a line of the receipt or a breath ended.
    r"|[ -]?(?:[0-9](?:[ -]?[0-9]){5}|SIP[ -]?[0-9]{3})(?:[ -]?[0-9]){12}[ -]?[0-9A-Z](?![0-9A-Z]))",
    re.IGNORECASE,
)
# The letters and digits of a receipt: no look-alikes 0 O 1 I L.
_CODE = "[2-9A-HJKMNP-Za-hjkmnp-z]"
_QUERY_CODE = re.compile(rf"(?<![0-9A-Za-z]){_CODE}{{4}}[ -]?{_CODE}{{4}}(?![0-9A-Za-z])")
_NAMED_CODE = re.compile(r"码(?:是|为|[: ])*$")
_CHINA = r"(?:(?:\+|00)?86[ -]?)?"
# Grouped as one likes it only where no digits stand before: a card's groups are no telephone.
_MOBILE = (
    rf"{_CHINA}(?P<mobile>1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}})"
    rf"|(?<![0-9][ -]){_CHINA}(?P<grouped>1[3-9](?:[ -]?[0-9]){{9}})"
)
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = rf"(?P<landline>(?:\({_AREA}\)|{_AREA})[ -]?[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}})"
_SERVICE = r"(?P<service>[48]00[ -]?[0-9]{3}[ -]?[0-9]{4})"
_PHONE = re.compile(rf"(?<![0-9])(?:{_MOBILE}|{_LANDLINE}|{_SERVICE})(?![0-9])")
_END = r"[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]"
_DOMAINS = (
    "com|cn|net|org|vip|top|xyz|cc|icu|info|club|site|online|shop|app|ltd|me|io|link|fun|live"
    "|work|pro|asia|biz"
)
_URL = re.compile(
    rf"https?://{_END}+|(?<![0-9a-z@.])(?:[a-z0-9-]+\.)+(?:{_DOMAINS})(?![a-z0-9])(?:[/:?]{_END}*)?",
    re.IGNORECASE,
)
_ID_CARD = re.compile(r"(?<![0-9A-Za-z])[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx](?![0-9A-Za-z])")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CARD = re.compile(
    r"(?<![0-9A-Za-z])[0-9]{4}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?(?![0-9A-Za-z])"
)
# Accounts of firms and passbooks have no check digit; they count where they are called accounts.
_NAMED_ACCOUNT = re.compile(
    r"[账帐](?:号|户)(?:是|为|[: ])*(?P<account>[0-9]{10,15}|[0-9]{20,22})(?![0-9A-Za-z])"
)
_LUHN_NINE = 9
# Nobody who was born before is alive; the area a number begins with is not looked at at all.
FIRST_BORN = date(1900, 1, 1)


def find_urls(text: str, day: date) -> Iterator[Mention]:
    """Links, with or without http; the host in lower case."""
    for match in _URL.finditer(text):
        link = match.group().rstrip(".,;:!?)\"'")
        scheme, mark, rest = link.rpartition("://")
        host, slash, path = rest.partition("/")
        value = f"{scheme.lower()}{mark}{host.lower()}{slash}{path}"
        yield Mention(name="url", value=value, start=match.start(), end=match.start() + len(link))


def find_case_refs(text: str, day: date) -> Iterator[Mention]:
    """References as a receipt prints them, mistyped check characters too."""
    for match in _CASE_REF.finditer(text):
        yield _bare("case_ref", match)


def find_query_codes(text: str, day: date) -> Iterator[Mention]:
    """Codes with letters and digits; of letters alone where called a code or sent alone."""
    for match in _QUERY_CODE.finditer(text):
        said = match.group()
        code = _SEPARATORS.sub("", said)
        named = _NAMED_CODE.search(text[: match.start()]) is not None
        alone = code.isupper() and text.strip() == said
        mixed = not code.isalpha() and not code.isdigit()
        # Two words of four, or a make and its year, look like a code with a blank.
        if (mixed and (named or said == code)) or (code.isalpha() and (alone or named)):
            yield _bare("query_code", match)


def find_id_cards(text: str, day: date) -> Iterator[Mention]:
    """Resident identity cards, GB 11643."""
    for match in _ID_CARD.finditer(text):
        if _is_id_card(_SEPARATORS.sub("", match.group()).upper(), day):
            yield _bare("id_card", match)


def find_phones(text: str, day: date) -> Iterator[Mention]:
    """Mobile numbers, landlines with their area code, 400 and 800 numbers; as dialled here."""
    for match in _PHONE.finditer(text):
        yield _bare("phone", match, match.lastgroup or "")


def find_bank_accounts(text: str, day: date) -> Iterator[Mention]:
    """Bank cards, and accounts called so."""
    for match in _CARD.finditer(text):
        digits = _SEPARATORS.sub("", match.group())
        # Sixteen noughts have a right check digit too.
        if not _ID_CARD.fullmatch(digits) and len(set(digits)) > 1 and _luhn(digits):
            yield _bare("bank_account", match)
    for match in _NAMED_ACCOUNT.finditer(text):
        value, (start, end) = match["account"], match.span("account")
        yield Mention(name="bank_account", value=value, start=start, end=end)


def _bare(name: str, match: re.Match[str], group: str | int = 0) -> Mention:
    value = _SEPARATORS.sub("", match[group]).upper()
    return Mention(name=name, value=value, start=match.start(), end=match.end())


def _is_id_card(number: str, day: date) -> bool:
    total = sum(int(c) * w for c, w in zip(number[:-1], _ID_WEIGHTS, strict=True))
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return number[-1] == _ID_CHECKS[total % 11] and FIRST_BORN <= born <= day


def _luhn(digits: str) -> bool:
    doubled = [int(c) * (1 + place % 2) for place, c in enumerate(reversed(digits))]
    return sum(n - _LUHN_NINE if n > _LUHN_NINE else n for n in doubled) % 10 == 0
