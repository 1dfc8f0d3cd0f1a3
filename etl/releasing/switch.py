"""Puts a build in place: made beside, flushed to disk, named, then pointed to in one step; readers see old or new."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.files import flush
from etl.releasing.current import POINTER, Build, current, folders, last_used, pointed_at
from etl.releasing.manifest import Manifest, is_release, is_sound, read_manifest

BUILDING, LEAVING, LOCK = ".building-", ".leaving-", ".lock"
KEPT = 3
READERS_MAY_STAY = 3600.0
"""Seconds for which a process may still read a build that is no longer current."""

Write = Callable[[Path], str]
"""Fills an empty folder and returns the name under which it shall stand."""


class PublishError(Exception):
    """A build that can't be put in place; the message is a sentence for people."""


def put_in_place(releases: Path, collection: str, inputs_hash: str, write: Write) -> Build:
    """Let `write` fill a folder and return its name, then make it current; on any failure the last good build stays."""
    with publisher(releases, collection) as home:
        point(home, made(home, write), inputs_hash)
        _prune(home)
    return in_place(releases, collection)


def sweep(releases: Path, collection: str, also: Callable[[], None] = lambda: None) -> None:
    """Clear away what a killed publisher left, and do `also`; leaves everything alone while another is at work."""
    home = releases / collection
    if home.is_dir():
        try:
            with publisher(releases, collection):
                also()
        except PublishError:
            return


@contextmanager
def publisher(releases: Path, collection: str) -> Iterator[Path]:
    """The collection's folder for one publisher alone, swept; failures of the disk become sentences."""
    home = releases / collection
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _only_publisher(home):
            _sweep(home)
            yield home
    except OSError as error:
        where = error.filename or home
        raise PublishError(
            f"{where} 写不进去（{error.strerror}）：请检查磁盘空间和权限后再试；上一次成功的数据仍在使用。"
        ) from error


def made(home: Path, write: Write, commit: Callable[[], None] = lambda: None) -> Path:
    """A finished folder under its final name; `commit` is called when it is complete and has no name yet."""
    draft = _beside(home, BUILDING)
    draft.mkdir()
    try:
        final = home / write(draft)
        _flush(draft)
        commit()
        if not is_sound(final):
            throw_away(final)
            draft.rename(final)
            flush(home)
        return final
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def point(home: Path, folder: Path, inputs_hash: str, rolled_back_from: str | None = None) -> None:
    """Make a folder the one that is served, in one step."""
    before = pointed_at(home)
    manifest = read_manifest(folder)
    back = {"rolled_back_from": rolled_back_from} if rolled_back_from else {}
    fresh = _beside(home, BUILDING)
    fresh.write_text(json.dumps(_pointer(folder, manifest) | {"inputs_hash": inputs_hash} | back, indent=1) + "\n")
    flush(fresh)
    for used in {folder, before.folder if before and before.folder.exists() else folder}:
        os.utime(used)
    fresh.replace(home / POINTER)
    flush(home)


def in_place(releases: Path, collection: str) -> Build:
    """The build that is current now; PublishError where what was just written can't be read."""
    build = current(releases, collection)
    if build is None:
        raise PublishError(f"{releases / collection} 里刚写好的数据读不出来：请检查磁盘后重新运行 make build。")
    return build


def throw_away(folder: Path) -> None:
    """Unname a folder before its files go, so that nobody meets half of it."""
    if folder.exists():
        leaving = folder.rename(_beside(folder.parent, LEAVING))
        shutil.rmtree(leaving)


def _pointer(folder: Path, manifest: Manifest) -> dict[str, object]:
    pointer: dict[str, object] = {"folder": folder.name, "version": manifest.version}
    pointer["content_hash"] = manifest.content_hash
    if is_release(folder.name):
        pointer |= {"released_on": manifest.released_on, "counter": manifest.counter}
    return pointer


@contextmanager
def _only_publisher(home: Path) -> Iterator[None]:
    with (home / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublishError(f"另一个进程正在发布 {home.name}：请等它结束后再试。") from error
        yield


def _sweep(home: Path) -> None:
    for orphan in home.glob(".*"):
        if orphan.name.startswith((BUILDING, LEAVING)):
            shutil.rmtree(orphan) if orphan.is_dir() else orphan.unlink()


def _prune(home: Path) -> None:
    """Throw away old drafts beyond the few kept: never the last of a version, none that a reader may still hold."""
    drafts = sorted((f for f in folders(home) if not is_release(f.name)), key=last_used, reverse=True)
    last_of_version = {folder.name.rpartition("-")[0]: folder for folder in reversed(drafts)}
    pointed = current(home.parent, home.name)
    needed = {*last_of_version.values(), *([pointed.folder] if pointed else [])}
    for folder in [f for f in drafts if f not in needed][KEPT:]:
        if time.time() - last_used(folder) > READERS_MAY_STAY:
            throw_away(folder)


def _beside(home: Path, kind: str) -> Path:
    return home / f"{kind}{os.getpid()}-{secrets.token_hex(4)}"


def _flush(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        flush(path)
