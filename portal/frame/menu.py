"""The sections as the menu names them: what `metadata.yml` says of one wins over what the code says."""

from __future__ import annotations

from typing import Any

from etl.site import Site
from portal.sections.section import Section


def own_titles(site: Site, section: Section) -> dict[str, str]:
    """The titles that the site itself gives a section, `title` and `title_en`."""
    named: dict[str, dict[str, str]] = site.metadata["site"].get("sections", {})
    return named.get(section.name, {})


def chinese(site: Site, sections: tuple[Section, ...]) -> list[dict[str, Any]]:
    """The menu in Chinese for pages that are made outside the portal's app."""
    return [
        {"title": own_titles(site, s).get("title") or str(s.title), "url": f"{s.blueprint.url_prefix or ''}/"}
        for s in sections
        if s.in_menu
    ]
