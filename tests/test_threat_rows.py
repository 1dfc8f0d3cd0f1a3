"""Every threat that people bring to the site or its sources has a test that is named after it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from etl.places import ROOT

ROWS = range(11, 51)
NUMBERED = re.compile(r"test_row_(\d\d)(?:_and_(\d\d))?_\w")


def named_rows() -> Iterator[int]:
    """The threats that tests are named after."""
    for file in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and (found := NUMBERED.match(node.name)):
                yield from (int(row) for row in found.groups() if row)


def test_every_threat_from_formulas_to_secrets_has_a_test_of_its_name() -> None:
    assert set(ROWS) - set(named_rows()) == set()
