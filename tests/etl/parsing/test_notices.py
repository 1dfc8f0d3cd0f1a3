"""Whole notices of many shapes, each beside what a careful reader finds in it (all bodies are fictional)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.document import Document, Notice, Parsed
from etl.parsing import parse

FOLDER = Path(__file__).with_name("notices")
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def told(parsed: Parsed) -> dict[str, Any]:
    """A result in the form of the expectations: only what is there, offsets left to the properties' tests."""
    empty = Notice()
    fields = {name: getattr(parsed.notice, name) for name in Notice.__dataclass_fields__}
    result: dict[str, Any] = {
        "notice": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in fields.items()
            if value != getattr(empty, name)
        },
        "chapters": [f"{c.level} {c.number}{c.title}" for c in parsed.chapters],
        "tasks": [
            {"item": f"{t.chapter or ''}/{t.number} {t.heading}", "ends": t.text[-6:]}
            | ({"bodies": " ".join(f"{b.role}:{b.name}" for b in t.bodies)} if t.bodies else {})
            | ({"deadline": t.deadline} if t.deadline else {})
            for t in parsed.tasks
        ],
        "citations": [f"{c.title or ''}|{c.document_number or ''}" for c in parsed.citations],
        "organisations": sorted({f"{o.role} {o.name}" for o in parsed.organisations}),
        "repairs": [f"{r.rule}: {r.before} → {r.after}" for r in parsed.repairs],
    }
    return {key: value for key, value in result.items() if value}


@pytest.mark.parametrize("name", NAMES)
def test_a_notice_is_read_as_its_expectation_says(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    expected = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    assert told(parse(Document(text))) == expected
