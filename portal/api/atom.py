"""What all Atom feeds are made of."""

from __future__ import annotations

import re
import uuid
from xml.etree.ElementTree import Element, SubElement, tostring

from etl.site import Site

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def begin(site: Site, title: str, path: str, page: str, updated: str) -> Element:
    """A feed without entries: at `path`, of what people read at `page`."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    text(feed, "id", lasting(path))
    text(feed, "title", title)
    text(feed, "updated", updated)
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": site.address + path})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": site.address + page})
    text(SubElement(feed, "author"), "name", site.publisher)
    return feed


def entry(feed: Element, site: Site, key: str, title: str, updated: str, path: str) -> Element:
    """An entry of it, which leads to the page at `path`."""
    added = SubElement(feed, "entry")
    text(added, "id", lasting(key))
    text(added, "title", title)
    text(added, "updated", updated)
    SubElement(added, "link", {"rel": "alternate", "type": "text/html", "href": site.address + path})
    return added


def written(feed: Element) -> bytes:
    """The feed as a file."""
    whole: str = tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{whole}\n'.encode()


def text(parent: Element, name: str, content: str) -> Element:
    """An element with a text, in which nothing is that XML does not know."""
    element = SubElement(parent, name)
    element.text = _NOT_XML.sub("", content)
    return element


def lasting(path: str) -> str:
    """An id that does not depend on where the site stands."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'open-notices:{path}')}"
