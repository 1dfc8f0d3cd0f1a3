"""The sections of the site, in the order of its menu: a new one is a folder here and one line below."""

from __future__ import annotations

from portal.sections import (
    about,
    affairs,
    catalogue,
    disclosure,
    forum,
    history,
    home,
    notices,
    organisations,
    participation,
    party,
    plans,
    policies,
    quality,
    queries,
    releases,
    rows,
    search,
    services,
    targets,
)

SECTIONS = (
    home.section,
    organisations.section,
    affairs.section,
    disclosure.section,
    policies.section,
    plans.section,
    services.section,
    party.section,
    participation.section,
    forum.section,
    notices.section,
    targets.section,
    catalogue.section,
    quality.section,
    search.section,
    about.section,
    releases.section,
    queries.section,
    history.section,
    rows.section,
)
