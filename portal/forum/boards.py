"""The boards that `metadata.yml` declares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from etl.declaration import DeclarationError
from etl.site import Site

USUAL = Path(__file__).parent / "boards.yml"
_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class Board:
    """A board; with `review` every post is read by a moderator before it appears."""

    id: str
    title: str
    title_en: str
    about: str
    about_en: str
    review: bool = True


def boards(site: Site) -> tuple[Board, ...]:
    """The boards in their order; DeclarationError says in words what is wrong."""
    declared = (site.metadata.get("forum") or {}).get("boards") or yaml.safe_load(USUAL.read_text("utf-8"))
    found = tuple(_board(entry) for entry in declared)
    if len({b.id for b in found}) < len(found):
        raise DeclarationError("metadata.yml 的 forum.boards 里有两个版块用了同一个 id：请改成不同的。")
    return found


def _board(entry: Any) -> Board:
    if not isinstance(entry, dict) or not _ID.fullmatch(str(entry.get("id"))) or not entry.get("title"):
        raise DeclarationError(
            f"metadata.yml 的 forum.boards 里这一项不对：{entry}。每个版块要有 id（小写字母、数字、连字符）和 title。"
        )
    title, about = str(entry["title"]), str(entry.get("about") or "")
    english = str(entry.get("title_en") or title), str(entry.get("about_en") or "")
    return Board(str(entry["id"]), title, english[0], about, english[1], bool(entry.get("review", True)))
