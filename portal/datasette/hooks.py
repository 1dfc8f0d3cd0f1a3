"""Marks a function as one of Datasette's hooks, and keeps its type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from datasette import hookimpl

F = TypeVar("F", bound=Callable[..., Any])


def hook(*, first: bool = False, last: bool = False) -> Callable[[F], F]:
    """A decorator: `first` before Datasette's own plugins, `last` after them."""

    def mark(function: F) -> F:
        marked: F = hookimpl(tryfirst=first, trylast=last)(function)
        return marked

    return mark
