"""Killed two hundred times under load: what was acknowledged is there, and nothing is there by half.

The forms of participation and of the forum are sent over HTTP to the whole site, which is killed with SIGKILL at random
moments of its work. That a commit outlives a power cut too is SQLite's own promise with `synchronous = FULL`.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from portal.access import MODERATOR
from portal.private import Private
from portal.storage.people import User
from tests.portal.nursery import Nursery, nursery
from tests.portal.people import log_in, member, token_of
from tests.portal.wholeness import NUMBER, check
from tests.services import address

PATIENCE = 20.0
"""Seconds to wait for a server to answer anything."""
KILLS = {"sqlite": 200, "postgresql": 20}
LETTER, NEW, BOARD = "/participation/new/letter", "/forum/new", "data"


@dataclass
class Load:
    """People who send forms all the time, and what they were told."""

    private: Private
    address: str
    letters: dict[str, str] = field(default_factory=dict)
    threads: dict[str, str] = field(default_factory=dict)
    broken: int = 0
    _stopped: threading.Event = field(default_factory=threading.Event)
    _count: Iterator[int] = field(default_factory=itertools.count)

    def __enter__(self) -> Load:
        moderators = [member(self.private, f"版主{n}", (MODERATOR,)) for n in range(2)]
        self._people = [threading.Thread(target=self._citizen) for _ in range(2)]
        self._people += [threading.Thread(target=self._moderator, args=(m,)) for m in moderators]
        for person in self._people:
            person.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for person in self._people:
            person.join()

    @property
    def acknowledged(self) -> int:
        """How much was acknowledged."""
        return len(self.letters) + len(self.threads)

    def _citizen(self) -> None:
        """Write letters, each with a receipt by mail."""
        with self._client() as client:
            token = self._token(client, LETTER)
            while not self._stopped.is_set():
                words = f"第 {next(self._count)} 封信"
                form = {"subject": words, "body_text": words, "mail": "a@example.org", "wants_mail": "1"}
                answer = self._send(client, LETTER, {**form, "csrf_token": token})
                if answer is not None and answer.status_code == 200:
                    found = NUMBER.search(answer.text)
                    assert found, answer.text
                    self.letters[words] = found[0]

    def _moderator(self, who: User) -> None:
        """Begin threads."""
        with self._client() as client:
            log_in(client, self.private, who)
            page = f"{NEW}?board={BOARD}"
            token = self._token(client, page)
            while not self._stopped.is_set():
                words = f"第 {next(self._count)} 个话题"
                form = {"board": BOARD, "title": words, "text": words, "csrf_token": token}
                answer = self._send(client, NEW, form)
                if answer is not None and answer.status_code in (302, 303):
                    self.threads[words] = answer.headers["Location"]

    def _client(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=30)

    def _token(self, client: httpx.Client, path: str) -> str:
        while True:
            try:
                return token_of(client, path)
            except httpx.TransportError:
                self.broken += 1

    def _send(self, client: httpx.Client, path: str, form: dict[str, str]) -> httpx.Response | None:
        try:
            return client.post(path, data=form)
        except httpx.TransportError:
            self.broken += 1
            return None


def killed(warm: Nursery, load: Load, times: int) -> None:
    """Start a server and kill it at a random moment of its work, again and again."""
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    for _ in range(times):
        before, began = load.acknowledged, time.monotonic()
        server = warm.start()
        while load.acknowledged == before and time.monotonic() - began < PATIENCE:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.06))
        os.kill(server, signal.SIGKILL)
        warm.wait()


def test_what_was_acknowledged_outlives_two_hundred_kills(any_private: Private, releases: Path) -> None:
    kind = any_private.storage.engine.dialect.name
    environment = {"DATABASE_URL": address(any_private.storage)}
    with nursery(releases, any_private.folder, environment) as warm:
        with Load(any_private, warm.address) as load:
            killed(warm, load, KILLS[kind])
            # Those who still wait are answered by one that is left alone.
            last = warm.start()
        os.kill(last, signal.SIGKILL)
        warm.wait()
    check(any_private, load.letters, load.threads)
    assert load.acknowledged >= KILLS[kind]
    assert load.broken >= KILLS[kind] / 2
