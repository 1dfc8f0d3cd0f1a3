"""What is done beside requests: each chore again and again, none in another's way, failures told and tried again."""

from __future__ import annotations

import logging
import threading
import time

import pytest
from flask import Flask, current_app

from portal import chores
from portal.chores import CHORES, Chores


@pytest.fixture
def app() -> Flask:
    return Flask(__name__)


def test_a_chore_is_done_again_and_again_in_the_app_until_the_site_stops(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "PAUSE", 0.01)
    seen: list[str] = []

    def look() -> None:
        seen.append(current_app.name)

    doing = Chores(app, [look])
    doing.start()
    wait_until(lambda: len(seen) > 3)
    doing.stop()
    count = len(seen)
    time.sleep(0.05)
    assert (set(seen), len(seen)) == ({app.name}, count)


def test_a_slow_chore_holds_up_no_other(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "PAUSE", 0.01)
    slow, quick = threading.Event(), threading.Event()
    doing = Chores(app, [lambda: bool(slow.wait(10)), quick.set])  # type: ignore[list-item]
    doing.start()
    assert quick.wait(5)
    slow.set()
    doing.stop()


def test_what_fails_is_told_and_tried_again_after_a_longer_while(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(chores, "PAUSE", 0.02)
    tries: list[float] = []

    def failing() -> None:
        tries.append(time.monotonic())
        raise RuntimeError("no server")

    doing = Chores(app, [failing])
    with caplog.at_level(logging.ERROR, "portal.chores"):
        doing.start()
        wait_until(lambda: len(tries) > 4)
        doing.stop()
    assert caplog.records[0].getMessage().endswith("failing failed")
    assert tries[4] - tries[3] > 0.1


def test_every_chore_of_the_site_has_a_name_of_its_own() -> None:
    names = [f"{chore.__module__}.{chore.__name__}" for chore in CHORES]
    assert len(set(names)) == len(names) > 2


def wait_until(happened: object, seconds: float = 10) -> None:
    """Wait for something that threads do."""
    deadline = time.monotonic() + seconds
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.01)
