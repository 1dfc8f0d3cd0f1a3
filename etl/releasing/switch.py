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

from etl.releasing.current import POINTER, Build, current, folders, last_used
from etl.releasing.manifest import is_sound, read_manifest

BUILDING, LEAVING, LOCK = ".building-", ".leaving-", ".lock"
KEPT = 3
READERS_MAY_STAY = 3600.0
"""Seconds for which a process may still read a build that is no longer current."""


class PublishError(Exception):
    """A build that can't be put in place; the message is a sentence for people."""


def put_in_place(releases: Path, collection: str, inputs_hash: str, write: Callable[[Path], str]) -> Build:
    """Let `write` fill a folder and return its name, then make it current; on any failure the last good build stays."""
    home = releases / collection
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _only_publisher(home):
            _sweep(home)
            _switch(home, inputs_hash, _made(home, write))
            _prune(home)
    except OSError as error:
        where = error.filename or home
        raise PublishError(
            f"{where} 写不进去（{error.strerror}）：请检查磁盘空间和权限后再试；上一次成功的数据仍在使用。"
        ) from error
    return _in_place(releases, collection)


def sweep(releases: Path, collection: str) -> None:
    """Clear away what a killed publisher left; leaves everything alone while another is at work."""
    home = releases / collection
    if home.is_dir():
        try:
            with _only_publisher(home):
                _sweep(home)
        except (PublishError, OSError):
            return


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


def _made(home: Path, write: Callable[[Path], str]) -> Path:
    """A finished folder under its final name."""
    draft = _beside(home, BUILDING)
    draft.mkdir()
    try:
        final = home / write(draft)
        _flush(draft)
        if not is_sound(final):
            _throw_away(final)
            draft.rename(final)
            _flush_one(home)
        return final
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _switch(home: Path, inputs_hash: str, folder: Path) -> None:
    before = current(home.parent, home.name)
    manifest = read_manifest(folder)
    pointer = {"folder": folder.name, "version": manifest.version, "content_hash": manifest.content_hash}
    fresh = _beside(home, BUILDING)
    fresh.write_text(json.dumps({**pointer, "inputs_hash": inputs_hash}, indent=1) + "\n", "utf-8")
    _flush_one(fresh)
    for used in {folder, before.folder if before else folder}:
        os.utime(used)
    fresh.replace(home / POINTER)
    _flush_one(home)


def _prune(home: Path) -> None:
    """Throw away old builds beyond the few kept: never the last of a version, none that a reader may still hold."""
    newest_first = sorted(folders(home), key=last_used, reverse=True)
    last_of_version = {folder.name.rpartition("-")[0]: folder for folder in reversed(newest_first)}
    pointed = current(home.parent, home.name)
    needed = {*last_of_version.values(), *([pointed.folder] if pointed else [])}
    for folder in [f for f in newest_first if f not in needed][KEPT:]:
        if time.time() - last_used(folder) > READERS_MAY_STAY:
            _throw_away(folder)


def _throw_away(folder: Path) -> None:
    """Unname a folder before its files go, so that nobody meets half of it."""
    if folder.exists():
        leaving = folder.rename(_beside(folder.parent, LEAVING))
        shutil.rmtree(leaving)


def _in_place(releases: Path, collection: str) -> Build:
    build = current(releases, collection)
    if build is None:
        raise PublishError(f"{releases / collection} 里刚写好的数据读不出来：请检查磁盘后重新运行 make build。")
    return build


def _beside(home: Path, kind: str) -> Path:
    return home / f"{kind}{os.getpid()}-{secrets.token_hex(4)}"


def _flush(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        _flush_one(path)


def _flush_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
