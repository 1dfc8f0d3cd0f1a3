"""What is done beside requests, by a thread each while the site runs: a chore is short, and may be done twice."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable

from flask import Flask

from portal import mail, personal, usage
from portal.accounts.unconfirmed import forget_unconfirmed
from portal.backup import marks
from portal.participation import completing, keeping

PAUSE, LONGEST_PAUSE = 1.0, 60.0
Chore = Callable[[], None]
CHORES: tuple[Chore, ...] = (
    completing.complete,
    forget_unconfirmed,
    keeping.forget_contacts,
    mail.deliver,
    personal.erase_left,
    personal.clear_daily,
    usage.write_down,
    marks.keep_marks,
)
"""Every chore; a new one is a line here."""
log = logging.getLogger("portal.chores")


class Chores:
    """A thread for each chore of an app, so that none waits for another; each does it again and again."""

    def __init__(self, app: Flask, chores: Iterable[Chore]) -> None:
        self._app, self._chores = app, tuple(chores)
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(c,), name=_name(c), daemon=True) for c in self._chores
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End, each after what it has in hand."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def once(self) -> None:
        """Do each chore once."""
        for chore in self._chores:
            self._do(chore)

    def _run(self, chore: Chore) -> None:
        pause = PAUSE
        while not self._stopped.wait(pause):
            pause = PAUSE if self._do(chore) else min(pause * 2, LONGEST_PAUSE)

    def _do(self, chore: Chore) -> bool:
        """Whether it went well; what failed is told in the log, and tried again later."""
        try:
            with self._app.app_context():
                chore()
        except Exception:
            log.exception("%s failed", _name(chore))
            return False
        return True


def _name(chore: Chore) -> str:
    return f"{chore.__module__}.{chore.__name__}"
