"""Debris: characters that stand where bytes could not be decoded; readers hold them back, and nothing lets them out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.tables import LEDGER

_DEBRIS = re.compile("[\x80-\x84\x86-\x9f\ufffd\ufffe\uffff]|锟斤拷|ï¿½")
"""The mark itself, control characters that no text has, and what two wrong decodings make of the mark."""
_AGAIN = "请用原来的编码重新采集这份来源（python -m etl capture 文件或网址）"


def find(subject: Subject) -> Iterator[Problem]:
    """Cells and published texts with such a place."""
    # The ledger says what was: a cell that was mended since keeps its old words there.
    for table in (t for t in subject.collection.tables if t.name not in LEDGER):
        for row in subject.rows.get(table.name, ()):
            for column, value in row.items():
                if isinstance(value, str) and (found := _DEBRIS.search(value)):
                    said = f"第 {found.start() + 1} 个字处有解不出的残字，缺了原文：{_AGAIN}，或者更正这一格"
                    yield problem("debris", table, row, column, said)
    for source_id, text in subject.texts.items():
        if found := _DEBRIS.search(text):
            line = text.count("\n", 0, found.start()) + 1
            said = f"公开文本第 {line} 行有解不出的残字，缺了原文：{_AGAIN}，没有完好的原文就不要放行这一处"
            yield Problem("source", source_id, "", said, "debris")
