"""What is said to people is written as Chinese is: after 汉字 no comma of another script."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.places import ROOT
from etl.reading.tables import table

_HALF_WIDTH = re.compile("[\u4e00-\u9fff][,;]|[,;][\u4e00-\u9fff]|[\u4e00-\u9fff][(][\u4e00-\u9fff]")
_YAML = re.compile("[{].*[}]")
"""An example of YAML within a message keeps its own signs."""

MODULES = sorted(p for folder in ("etl/reading", "etl") for p in (ROOT / folder).glob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_messages_use_full_width_punctuation(module: Path) -> None:
    assert [said for said in _literals(module) if _HALF_WIDTH.search(_YAML.sub("", said))] == []


def test_reasons_for_holding_back_use_full_width_punctuation() -> None:
    rules = [rule for group in table("quarantine").values() for rule in group if isinstance(rule, dict)]
    reasons = [rule["reason"] for rule in rules if "reason" in rule]
    assert len(reasons) > 10
    assert [reason for reason in reasons if _HALF_WIDTH.search(reason)] == []


def _literals(module: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(module.read_text("utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value
