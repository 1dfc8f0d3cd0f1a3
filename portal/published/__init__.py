"""The only door to published data: read-only, and all the SQL that the portal and the API need."""

from portal.published.collection import PublishedCollection
from portal.published.links import Link, Referring, link, url
from portal.published.naming import quantity_name, with_indicator
from portal.published.published import Located, Published
from portal.published.rows import Row, label
from portal.published.search import Found, Hit
from portal.published.snippets import Part
from portal.published.sql import UnknownColumnError

__all__ = [
    "Found",
    "Hit",
    "Link",
    "Located",
    "Part",
    "Published",
    "PublishedCollection",
    "Referring",
    "Row",
    "UnknownColumnError",
    "label",
    "link",
    "quantity_name",
    "url",
    "with_indicator",
]
