"""The codes of EU authority tables, ADMS and IANA, and what the declarations' words mean in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

EU = "http://publications.europa.eu/resource/authority/"
ADMS = "http://purl.org/adms/"
IANA = "http://www.iana.org/assignments/media-types/"


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """The tables of `vocabulary.yaml`."""
    tables: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return tables


def authority(table: str, code: str) -> str:
    """The URI of an entry of an EU authority table.

    >>> authority("data-theme", "TECH")
    'http://publications.europa.eu/resource/authority/data-theme/TECH'
    """
    return f"{EU}{table}/{code}"


def media_type_uri(media_type: str) -> str:
    """The URI under which IANA registers a media type.

    >>> media_type_uri("text/csv")
    'http://www.iana.org/assignments/media-types/text/csv'
    """
    return IANA + media_type
