"""What is offered, and the services that notices speak of."""

from __future__ import annotations

import re

from portal.published import Published, Row
from portal.published.sections import everywhere, notices

WORD = "服务"
_SENTENCE = re.compile(r"[^。；;\n]*" + WORD + r"[^。；;\n]*[。；;]?")


def programmes(published: Published) -> list[Row]:
    """Tasks that speak of services, each with its first sentence that does."""
    return [{**r, "sentence": sentence(r["text"])} for r in everywhere(published, notices.about_services)]


def sentence(text: str) -> str:
    """The first sentence about services.

    >>> sentence("完善体系。加快建设市科技金融服务中心,扩大规模。")
    '加快建设市科技金融服务中心,扩大规模。'
    """
    found = _SENTENCE.search(text)
    return found.group().strip() if found else ""
