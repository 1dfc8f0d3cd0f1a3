"""What was read out of a source, kept by checksum and by the state of the code: an interrupted batch goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from etl.files import write_atomically

T = TypeVar("T")
_PRIVATE = 0o700


@dataclass(frozen=True)
class Cache:
    """A private folder of results; those of an earlier state of the code are thrown away."""

    folder: Path
    code: str

    def get(self, key: str, kind: type[T]) -> T | None:
        """What was kept under the key, or None; a damaged file counts as nothing."""
        try:
            kept: T = revive(kind, json.loads(self._path(key).read_bytes()))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return kept

    def put(self, key: str, result: Any) -> None:
        """Keep a record."""
        self._prepare()
        write_atomically(self._path(key), json.dumps(asdict(result), ensure_ascii=False))

    def _path(self, key: str) -> Path:
        return self.folder / self.code[:12] / key[:2] / f"{key}.json"

    def _prepare(self) -> None:
        if (self.folder / self.code[:12]).is_dir():
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        for old in self.folder.iterdir():
            shutil.rmtree(old, ignore_errors=True)
        (self.folder / self.code[:12]).mkdir(exist_ok=True, mode=_PRIVATE)


def revive(kind: Any, data: Any) -> Any:
    """A record from the plain data that `asdict` made of it.

    >>> from etl.document import Held
    >>> revive(tuple[Held, ...], [{"start": 0, "end": 1, "kind": "link", "reason": "r", "rule": "x"}])
    (Held(start=0, end=1, kind='link', reason='r', rule='x'),)
    """
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: revive(hint, data[name]) for name, hint in _hints(kind).items()})
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        kinds = [inner[0]] * len(data) if inner[1:] == (...,) else list(inner)
        return tuple(revive(k, one) for k, one in zip(kinds, data, strict=True))
    if origin in (Union, UnionType):
        present = [k for k in inner if k is not type(None)]
        return None if data is None else revive(present[0], data)
    return data


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
