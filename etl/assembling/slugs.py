"""Short ASCII names for Chinese ones: the initials of their pinyin."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?P<code>[^〔]+)〔(?P<year>\d{4})〕(?P<serial>\d+)号")
_LONGEST = 24


def initials(name: str, longest: int = _LONGEST) -> str:
    """The first letters of a name's syllables; digits and Latin letters stay.

    >>> initials("省级以上众创空间"), initials("青禾智造2025行动纲要")
    ('sjyszckj', 'qhzz2025xdgy')
    """
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors=_latin)).lower()
    return letters[:longest] or "x"


def number_slug(document_number: str | None) -> str | None:
    """Agency, year and serial of a document number; None where it isn't written in full.

    >>> number_slug("青科党〔2017〕13号"), number_slug("青科党201713")
    ('qkd-2017-13', None)
    """
    match = _NUMBER.fullmatch(document_number or "")
    return f"{initials(match['code'])}-{match['year']}-{match['serial']}" if match else None


def _latin(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.lower())
