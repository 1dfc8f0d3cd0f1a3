"""The next version by rule: what users must adapt to is MAJOR, what is more or gone MINOR, what is put right PATCH."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from etl.declaration import Collection
from etl.releasing.declared import TABLE, Level, Step
from etl.releasing.difference import Change
from etl.releasing.manifest import VERSION


def next_version(version: str, level: Level) -> str:
    """The version after this one.

    >>> [next_version("1.2.3", level) for level in Level]
    ['1.2.4', '1.3.0', '2.0.0']
    """
    found = VERSION.fullmatch(version)
    assert found is not None, "versions are checked when they are read"
    major, minor, patch = map(int, found.groups())
    if level == Level.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if level == Level.MINOR else f"{major}.{minor}.{patch + 1}"


def row_steps(changes: Sequence[Change], collection: Collection) -> list[Step]:
    """What changed in the rows, a step a table and kind."""
    content = [c for c in changes if c.table != TABLE]
    kinds = {
        ("增加 {} 行", Level.MINOR): Counter(c.table for c in content if c.came),
        ("撤回 {} 行", Level.MINOR): Counter(c.table for c in content if c.went),
        ("改正 {} 格", Level.PATCH): Counter(c.table for c in content if c.column),
    }
    found = []
    for (told, level), counted in kinds.items():
        for name, number in counted.items():
            table = collection.by_name.get(name)
            titled = f"表“{table.title}”" if table else f"表 {name}"
            found.append(Step(level, f"{titled}{told.format(number)}", name))
    return found
