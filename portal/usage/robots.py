"""Who asks: a person's browser, a program that somebody runs, or a robot; by the name that it gives itself."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml


def is_robot(agent: str) -> bool:
    """Whether that is the name of a robot; who gives no name is taken for one.

    >>> is_robot("Mozilla/5.0 (compatible; Baiduspider/2.0)"), is_robot(""), is_robot("curl/8.0")
    (True, True, False)
    """
    return not agent or _among("robots").search(agent) is not None


def is_program(agent: str) -> bool:
    """Whether that is the name of a program without a reader.

    >>> is_program("curl/8.0"), is_program("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    (True, False)
    """
    return _among("programs").search(agent) is not None


@cache
def _among(group: str) -> re.Pattern[str]:
    listed: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return re.compile("|".join(map(re.escape, listed[group])), re.IGNORECASE)
