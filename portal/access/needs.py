"""How a view says who may call it. What says nothing is open to read where its section is, and closed else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from portal.access.roles import ROLES

View = TypeVar("View", bound=Callable[..., Any])
EVERYONE = "everyone"
"""Guests too."""


def needs(*roles: str) -> Callable[[View], View]:
    """Whoever has one of the roles may call the view; an admin has all."""
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"no such role: {', '.join(sorted(unknown))}")
    return lambda view: _declared(view, frozenset(roles))


def open_to_all(view: View) -> View:
    """Anybody may call the view, whatever the method."""
    return _declared(view, frozenset({EVERYONE}))


def declared(view: Callable[..., Any]) -> frozenset[str] | None:
    """What a view says, None where it says nothing."""
    return getattr(view, "access", None)


def _declared(view: View, roles: frozenset[str]) -> View:
    view.access = roles  # type: ignore[attr-defined]
    return view
