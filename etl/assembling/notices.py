"""Notices: one row for each current source, with the dates, numbers and titles kept apart as the page gives them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath

from etl.assembling.organisations import Directory
from etl.assembling.slugs import number_slug
from etl.assembling.taken import Noticed, Taken
from etl.claim import Claim
from etl.tables import Row

_HASH_DIGITS = 10


def claim(taken: Taken, prefix: str) -> Claim:
    """What a notice asks for its id with: agency, year and serial where it has a number."""
    slug = number_slug(taken.parsed.notice.document_number) or taken.sha256[:_HASH_DIGITS]
    return Claim("notice", f"{prefix}-{slug}", taken.sha256, quote=title_of(taken), replaces=taken.replaces)


def notice_row(
    noticed: Noticed, source_id: str, region_code: str | None, directory: Directory, kinds: Sequence[str]
) -> Row:
    """The row of a notice."""
    taken, notice = noticed.taken, noticed.taken.parsed.notice
    masked = taken.masked
    issuers = notice.issuers or ((notice.issuer,) if notice.issuer else ())
    return {
        "notice_id": noticed.notice_id,
        "source_id": source_id,
        "title": title_of(taken),
        "attached_title": notice.attached_title,
        "document_number": notice.document_number,
        "document_number_as_published": notice.document_number_as_published,
        "issuer_text": "、".join(issuers) or None,
        "issuer_id": directory.resolve(issuers[0]) if issuers else None,
        "kind": notice.kind if notice.kind in (None, *kinds) else kinds[-1],
        "written_on": notice.written_on,
        "written_on_text": notice.written_on_as_published,
        "published_at": notice.published_at and notice.published_at.replace(" ", "T"),
        "path_on": taken.source["path_on"],
        "addressees_text": "；".join(notice.addressees) or None,
        "breadcrumb_text": " >> ".join(notice.breadcrumb) or None,
        "index_number": notice.index_number,
        "plan_year": notice.plan_year,
        "region_code": region_code,
        "is_complete": notice.is_complete,
        "completeness_text": notice.completeness_evidence,
        "text_sha256": sha256(masked.encode()).hexdigest(),
        "char_count": len(masked),
    }


def title_of(taken: Taken) -> str:
    """The notice's title; where none was read, the page's, else the file's name."""
    return taken.parsed.notice.title or taken.document.facts.get("page_title") or PurePath(taken.source["file"]).stem
