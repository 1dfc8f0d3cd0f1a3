"""What was read out of a source, kept by checksum and by the state of the code: an interrupted batch goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from etl.files import write_atomically

T = TypeVar("T")
Make = Callable[[Any], Any]
_PRIVATE = 0o700


@dataclass(frozen=True)
class Cache:
    """A private folder of results; those of an earlier state of the code are thrown away."""

    folder: Path
    code: str

    def has(self, key: str) -> bool:
        """Whether anything is kept under the key."""
        return self._path(key).exists()

    def get(self, key: str, kind: type[T]) -> T | None:
        """What was kept under the key, or None; a damaged file counts as nothing."""
        try:
            return self.unpack(self._path(key).read_bytes(), kind)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def keep(self, key: str, record: bytes) -> None:
        """Keep a packed record."""
        self._prepare()
        write_atomically(self._path(key), record)

    @staticmethod
    def pack(result: Any) -> bytes:
        """A record of dataclasses as bytes of JSON: what untrusted documents lead to is never unpickled."""
        return json.dumps(result, ensure_ascii=False, default=_plain).encode()

    @staticmethod
    def unpack(record: bytes, kind: type[T]) -> T:
        """The record that was packed."""
        made: T = revive(kind, json.loads(record))
        return made

    def _path(self, key: str) -> Path:
        return self.folder / self.code[:12] / key[:2] / f"{key}.json"

    def _prepare(self) -> None:
        if (self.folder / self.code[:12]).is_dir():
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        for old in self.folder.iterdir():
            shutil.rmtree(old, ignore_errors=True)
        (self.folder / self.code[:12]).mkdir(exist_ok=True, mode=_PRIVATE)


def _plain(record: Any) -> dict[str, Any]:
    kind: Any = type(record)
    return {name: getattr(record, name) for name in _names(kind)}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def revive(kind: Any, data: Any) -> Any:
    """A record from the plain data that packing made of it.

    >>> from etl.document import Held
    >>> revive(tuple[Held, ...], [{"start": 0, "end": 1, "kind": "link", "reason": "r", "rule": "x"}])
    (Held(start=0, end=1, kind='link', reason='r', rule='x'),)
    """
    make = _maker(kind)
    return make(data) if make else data


@cache
def _maker(kind: Any) -> Make | None:
    """What turns plain data into a value of this type; None where the plain data is the value."""
    inner = get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind)
    if get_origin(kind) is tuple:
        return _each(_maker(inner[0])) if inner[1:] == (...,) else tuple
    if get_origin(kind) in (Union, UnionType):
        return _perhaps(next((m for k in inner if (m := _maker(k))), None))
    return None


def _each(make: Make | None) -> Make:
    return tuple if make is None else lambda data: tuple(map(make, data))


def _perhaps(make: Make | None) -> Make | None:
    return None if make is None else lambda data: None if data is None else make(data)


def _record(kind: type) -> Make:
    makers = [(name, make) for name, hint in get_type_hints(kind).items() if (make := _maker(hint))]

    def record(data: dict[str, Any]) -> Any:
        return kind(**(data | {name: make(data[name]) for name, make in makers}))

    return record
