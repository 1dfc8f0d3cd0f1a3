"""What is to be cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A statement to be cited, over a version of a collection."""

    collection: str
    version: str
    sql: str
    parameters: Mapping[str, str]
