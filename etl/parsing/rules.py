"""Rules as data: named patterns in YAML tables, compiled once, each with examples that the tests run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("rules")
_LINE = 200
"""How long a line is at most that a word somewhere in it may make one of a kind."""
_MACRO = re.compile(r"<<(\w+)>>")


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what the rule must find in it: named or numbered groups, or nothing at all."""

    text: str
    gives: dict[str, str]
    none: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the grammar: its pattern is written for folded text (see `page.fold`)."""

    id: str
    comment: str
    pattern: re.Pattern[str]
    examples: tuple[Example, ...]
    fields: dict[str, Any]

    def field(self, name: str) -> str:
        """A text field of the rule, empty where the table does not give it."""
        return str(self.fields.get(name, ""))


@cache
def table(name: str) -> tuple[Rule, ...]:
    """The rules of `rules/<name>.yaml`, in the order of the file."""
    return tuple(_rule(entry) for entry in _load(name)["rules"])


@cache
def rule(name: str, rule_id: str) -> Rule:
    """One rule by its table and id."""
    return next(r for r in table(name) if r.id == rule_id)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """All patterns of a table as alternatives of one."""
    return re.compile("|".join(f"(?:{r.pattern.pattern})" for r in table(name)))


@cache
def _line_patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    anywhere = [r.pattern.pattern for r in table(name) if r.fields.get("anywhere")]
    first = [r.pattern.pattern for r in table(name) if not r.fields.get("anywhere")]
    return re.compile("|".join(f"(?:{p})" for p in first)), re.compile("|".join(f"(?:{p})" for p in anywhere) or "(?!)")


def is_line_of(name: str, text: str) -> bool:
    """Whether a rule of a table of lines holds: at the line's start, or in it where the rule says `anywhere`."""
    first, anywhere = _line_patterns(name)
    return first.match(text) is not None or (len(text) <= _LINE and anywhere.search(text) is not None)


def tables() -> tuple[str, ...]:
    """The names of all tables."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "macros"))


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return loaded


@cache
def _macros() -> dict[str, str]:
    return {name: str(fragment) for name, fragment in _load("macros").items()}


def _expand(text: str) -> str:
    """Put the macros' fragments in, those inside fragments too."""
    while _MACRO.search(text):
        text = _MACRO.sub(lambda m: _macros()[m.group(1)], text)
    return text


def _rule(entry: dict[str, Any]) -> Rule:
    known = ("id", "comment", "pattern", "examples")
    fields = {key: value for key, value in entry.items() if key not in known}
    examples = tuple(_example(e) for e in entry["examples"])
    return Rule(entry["id"], entry["comment"], re.compile(_expand(entry["pattern"])), examples, fields)


def _example(entry: dict[str, Any]) -> Example:
    gives = {str(k): str(v) for k, v in entry.items() if k not in ("text", "none")}
    return Example(entry["text"], gives, bool(entry.get("none", False)))
