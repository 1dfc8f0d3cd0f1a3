"""From a layout to a document: furniture marked, what must not be published held back, doubts said."""

from __future__ import annotations

from collections.abc import Iterator

from etl.document import MASK, Document, Held, Segment
from etl.reading import furniture
from etl.reading.folding import count_invisible
from etl.reading.layout import Layout
from etl.reading.quarantine import inspect, outermost
from etl.reading.refusal import Unreadable

Span = tuple[int, int]


def finish(
    layout: Layout, *, media_type: str, encoding: str = "utf-8", facts: dict[str, str] | None = None
) -> Document:
    """The document that a layout makes; `facts` known beforehand win over those of the text."""
    text = layout.text
    if not any(c.isalnum() for c in text):
        raise Unreadable("文件里没有可读的文字，请换一份有正文的文件。")
    found = furniture.find(text)
    zones = _merged([*found.spans, *((s.start, s.end) for s in layout.segments if s.role == "furniture")])
    held = outermost([*layout.held, *inspect(text, zones)])
    document = Document(
        text=text,
        media_type=media_type,
        encoding=encoding,
        segments=tuple(_marked(layout.segments, zones)),
        facts={name: _safe(value) for name, value in {**found.facts, **(facts or {})}.items()},
        held=held,
        warnings=tuple(dict.fromkeys([*layout.warnings, *_doubts(text, held)])),
    )
    read = (text[s.start : s.end] for s in document.segments if s.role != "furniture")
    if not any(c.isalnum() for piece in read for c in piece):
        raise Unreadable("文件里只有栏目、页脚或被隐藏的内容，没有公文正文，请核对原页后重新保存。")
    return document


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _marked(segments: list[Segment], zones: list[Span]) -> Iterator[Segment]:
    """The segments cut where the furniture begins and ends; both lists are in order."""
    at = 0
    for segment in segments:
        while at < len(zones) and zones[at][1] <= segment.start:
            at += 1
        start, i = segment.start, at
        while i < len(zones) and zones[i][0] < segment.end:
            a, b = max(start, zones[i][0]), min(segment.end, zones[i][1])
            if start < a:
                yield Segment(start, a, segment.place, segment.role)
            yield Segment(a, b, segment.place, "furniture")
            start, i = b, i + 1
        if start == segment.start < segment.end:
            yield segment
        elif start < segment.end:
            yield Segment(start, segment.end, segment.place, segment.role)


def _safe(value: str) -> str:
    """A fact without what must not be published."""
    for held in inspect(value, [(0, len(value))]):
        value = value[: held.start] + MASK * (held.end - held.start) + value[held.end :]
    return value


_KINDS = {
    "link": "可疑链接",
    "hidden": "被页面隐藏的内容",
    "id_number": "身份证号码",
    "mobile": "手机号码",
    "bank_card": "银行卡号",
    "debris": "解不出的残字",
}


def _doubts(text: str, held: tuple[Held, ...]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for one in held:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    for kind, count in counts.items():
        yield f"扣留了 {count} 处{_KINDS.get(kind, '不宜公开的内容')}，发布时以 {MASK} 代替，请核对。"
    if count := count_invisible(text):
        yield f"文中有 {count} 个看不见的控制字符，请核对是否有人做了手脚。"
    if count := sum(text.count(chr(code)) for code in (*range(9), *range(14, 32), 127)):
        yield f"文中有 {count} 个不可打印的控制字符，请核对原文。"
    if not any("\u4e00" <= c <= "\u9fff" for c in text):
        yield "文中没有汉字，请核对是不是拿错了文件。"
