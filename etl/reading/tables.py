"""The rule tables beside this module: read once, patterns compiled once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def table(name: str) -> dict[str, Any]:
    """The YAML table of that name, as data."""
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A rule's pattern; white space in the table is for its readers (verbose syntax)."""
    return re.compile(pattern, re.VERBOSE)
