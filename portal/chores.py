"""What is done beside requests, by one thread while the site runs: each chore is short, and may be done twice."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable

from flask import Flask

PAUSE = 1.0
Chore = Callable[[], None]
CHORES: tuple[Chore, ...] = ()
"""Every chore; a new one is a line here."""
log = logging.getLogger("portal.chores")


class Chores:
    """A thread that does the chores of an app, one after the other, again and again."""

    def __init__(self, app: Flask, chores: Iterable[Chore]) -> None:
        self._app, self._chores = app, tuple(chores)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="chores", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the chore in hand."""
        self._stopped.set()
        self._thread.join()

    def once(self) -> None:
        """Do each chore; one that fails is told in the log and tried again the next time."""
        for chore in self._chores:
            try:
                with self._app.app_context():
                    chore()
            except Exception:
                log.exception("%s failed", getattr(chore, "__name__", "a chore"))

    def _run(self) -> None:
        while not self._stopped.wait(PAUSE):
            self.once()
