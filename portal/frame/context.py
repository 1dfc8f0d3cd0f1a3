"""What every template may call: addresses, formats, the menu, the site's names in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Flask, request

from etl.site import Site
from etl.titles import in_marks
from portal.access.current import known
from portal.frame import addresses, citing, formats, menu, sizes, vocabulary
from portal.frame.door import published, site
from portal.frame.language import language, title_of
from portal.published import quantity_name
from portal.sections.section import Section

FUNCTIONS = {
    "asset": addresses.asset,
    "body_kind": vocabulary.body_kind,
    "cite_collection": citing.collection,
    "cite_row": citing.row,
    "cite_table": citing.table,
    "day": formats.day,
    "english_unit": vocabulary.english_unit,
    "in_marks": in_marks,
    "machine": addresses.machine,
    "minute": formats.minute,
    "moment": formats.moment,
    "number": formats.number,
    "numbered": formats.numbered,
    "page": addresses.page,
    "permanent": addresses.permanent,
    "quantity": formats.quantity,
    "quantity_name": quantity_name,
    "row_page": addresses.row_page,
    "title_of": title_of,
}


def install(app: Flask, sections: tuple[Section, ...]) -> None:
    """Give the templates their functions and every page its frame."""
    app.jinja_env.globals.update(FUNCTIONS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: _frame(sections))


def _frame(sections: tuple[Section, ...]) -> dict[str, Any]:
    languages = site().metadata["site"].get("languages", ["zh"])
    return {
        "site": _named(site()),
        "menu": [_entry(s) for s in sections if s.in_menu],
        "language": language(),
        "languages": languages,
        "other_language": addresses.switched() if "en" in languages else None,
        "here": addresses.here,
        "me": known(),
        "size": sizes.chosen(),
        "sizes": sizes.choices(),
        "today": datetime.now(UTC).date().isoformat(),
        "section": _entry_of(sections),
        "section_title": lambda name: next(_entry(s)["title"] for s in sections if s.name == name),
        "served": published().collections(),
    }


def _named(site: Site) -> dict[str, Any]:
    declared = site.metadata["site"]
    return {
        "title": title_of(site),
        "description": title_of(site, "description"),
        "publisher": title_of(site, "publisher"),
        "official": site.official,
        "contact": site.contact if site.has_contact else None,
        "address": site.address,
        "domain": site.address.partition("://")[2],
        "id_code": declared.get("id_code") if site.official else None,
        "license_url": site.metadata.get("license_url"),
    }


def _entry(section: Section) -> dict[str, Any]:
    """A section as the menu names it: what `metadata.yml` says of it wins over what the code says."""
    title = title_of(menu.own_titles(site(), section)) or str(section.title)
    return {"name": section.name, "title": title, "about": str(section.about), "endpoint": section.endpoint}


def _entry_of(sections: tuple[Section, ...]) -> dict[str, Any] | None:
    return next((_entry(s) for s in sections if s.name == request.blueprint), None)
