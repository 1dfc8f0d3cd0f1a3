"""Gives the app its counter and its figures."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from flask import Flask, current_app

from portal.frame.door import private
from portal.storage import Storage
from portal.usage.counter import Counter
from portal.usage.figures import Figures

PAUSE = 5.0
"""Seconds between two times that counts are written down: what a kill can cost."""
_NAME = "usage"


@dataclass
class Held:
    """What the app holds; `written` is when counts were last written down."""

    figures: Figures
    counter: Counter = field(default_factory=Counter)
    written: float = field(default_factory=time.monotonic)


def install(app: Flask, storage: Storage) -> None:
    """Begin to count for an app."""
    app.extensions[_NAME] = Held(Figures(storage))
    app.jinja_env.globals.update(
        views_of=lambda path: figures().views(path),
        visits=lambda: figures().visits(),
        usage_by_month=lambda collection: figures().by_month(collection),
    )


def figures() -> Figures:
    """The figures of the app."""
    return _held(current_app).figures


def counter(app: Flask) -> Counter:
    """The counter of an app."""
    return _held(app).counter


def write_down() -> None:
    """Write down what was counted, every few seconds."""
    held = _held(current_app)
    if time.monotonic() - held.written >= PAUSE:
        held.written = time.monotonic()
        held.counter.write_down(private().storage)


def _held(app: Flask) -> Held:
    found: Held = app.extensions[_NAME]
    return found
