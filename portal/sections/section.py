"""What a section is: a name, an address, a title in two languages and the blueprint that serves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint


@dataclass(frozen=True)
class Section:
    """One section of the site; `<name>.index` is the endpoint of its first page. Titles are lazily translated."""

    name: str
    title: Any
    about: Any
    blueprint: Blueprint
    in_menu: bool = True
    open: bool = True
    """Whether everybody may read it; what its views say for themselves goes before."""

    @property
    def endpoint(self) -> str:
        """The endpoint of the section's first page."""
        return f"{self.name}.index"
