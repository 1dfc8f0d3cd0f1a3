"""Whoever a letter is for: it is written in the language in which they use the site, and its links lead to it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

from etl.site import Site
from portal.frame.language import CHINESE, PREFIX, spoken, title_of


@dataclass(frozen=True)
class Reader:
    """A site, and the language that is spoken with somebody."""

    site: Site
    language: str = CHINESE

    @staticmethod
    def of(site: Site, language: str | None) -> Reader:
        """Who uses the site in a language; one that the site speaks no more counts as none, as does none."""
        speaks = language in site.metadata["site"].get("languages", [CHINESE])
        return Reader(site, language if language and speaks else CHINESE)

    def addressed(self) -> AbstractContextManager[None]:
        """What is written within is in their language."""
        return spoken(self.language)

    @property
    def title(self) -> str:
        """What the site is called, within what is addressed to them."""
        return title_of(self.site)

    def address(self, path: str) -> str:
        """A page of the site in full, in their language."""
        return self.site.address + ("" if self.language == CHINESE else PREFIX) + path
