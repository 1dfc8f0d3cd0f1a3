"""Which collections a command is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from etl.declaration import FILE, Collection, load, load_all
from etl.places import datasets_dir, var_dir


class UnknownCollection(Exception):  # noqa: N818 - the message is a sentence for people
    """A collection that isn't there, or a choice that was not made."""


def chosen(names: Sequence[str]) -> tuple[Collection, ...]:
    """The collections of these names, all where none is named."""
    return tuple(one(name) for name in names) if names else load_all(datasets_dir())


def one(name: str | None) -> Collection:
    """The collection of that name, or the only one there is."""
    found = sorted(path.parent.name for path in datasets_dir().glob(f"*/{FILE}"))
    if name is None and len(found) == 1:
        name = found[0]
    if name is None:
        raise UnknownCollection(
            f"请用 --collection 指明数据集：{'、'.join(found) or f'{datasets_dir()} 里还没有数据集'}。"
        )
    if name not in found:
        raise UnknownCollection(f"没有数据集“{name}”，{datasets_dir()} 里有：{'、'.join(found) or '（空）'}。")
    return load(datasets_dir() / name)


def private_dir() -> Path:
    """The folder that is never served: originals held back, results of reading."""
    return var_dir() / "private"
