"""Addresses of rows from the record's URI templates."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

_PART = re.compile(r"\{(\w+)\}")


def expanded(template: str, row: dict[str, Any]) -> str | None:
    """The address of a row; `None` where the row lacks what the address needs.

    >>> expanded("https://x.example/targets/{target_id}", {"target_id": "a-1.t08"})
    'https://x.example/targets/a-1.t08'
    >>> expanded("/data/c/unit?unit={unit}", {"unit": "人/年"}), expanded("/{id}", {})
    ('/data/c/unit?unit=%E4%BA%BA%2F%E5%B9%B4', None)
    """
    names = _PART.findall(template)
    if any(row.get(name) is None for name in names):
        return None
    return _PART.sub(lambda part: quote(str(row[part[1]]), safe=""), template)
