"""Whatever the bytes, a source is read or refused in plain words: no traceback, no silent emptiness, within limits."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.batch import Job, Outcome
from etl.engines import Readers, loose
from etl.pipeline import read_job
from tests.fuzz.anything import read_anything
from tests.fuzz.seeds import HTML, TEXT, seeds, with_xml

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1 << 20
NAMES = sorted(seeds())
HAN = re.compile("[\u4e00-\u9fff]")
calm = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@cache
def seed(name: str) -> bytes:
    return seeds()[name]


def readable_or_refused(outcome: Outcome) -> None:
    """The one thing that must hold for any input."""
    if outcome.reading is None:
        assert outcome.refusal
        assert HAN.search(outcome.refusal)
        assert "程序出错" not in outcome.refusal, outcome.refusal
        assert "Traceback" not in outcome.refusal
    else:
        assert outcome.reading.document.body.strip()


def read(data: bytes, name: str) -> Outcome:
    return read_job(Job(Path(name), "", data=data), data)


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, bytes]:
    """A valid source cut, overwritten, doubled or spliced with another, under its own or another's name."""
    data = bytearray(seed(draw(st.sampled_from(NAMES))))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 64)))
        match draw(st.sampled_from(("cut", "drop", "put", "zero", "double", "splice"))):
            case "cut":
                del data[at:]
            case "drop":
                del data[at:end]
            case "put":
                data[at:end] = draw(st.binary(max_size=16))
            case "zero":
                data[at:end] = bytes(end - at)
            case "double":
                data[at:at] = data[at:end] * draw(st.integers(1, 200))
            case _:
                data[at:at] = seed(draw(st.sampled_from(NAMES)))[:at]
    return draw(st.sampled_from(NAMES)), bytes(data)


@calm
@given(broken())
def test_a_broken_source_is_read_or_refused_in_words(source: tuple[str, bytes]) -> None:
    name, data = source
    readable_or_refused(read(data, name))


@calm
@given(st.text(alphabet="<>/&;!-=\"'abpdivtableh1研发投入0123%，。\n\0\u200b\ufeff", max_size=300))
def test_any_markup_is_read_or_refused_in_words(markup: str) -> None:
    readable_or_refused(read(HTML.replace("<p>", markup, 1).encode(), "a.html"))


@calm
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    readable_or_refused(read((TEXT + text).encode("utf-8", "surrogatepass"), "a.txt"))


@calm
@given(st.binary(max_size=200))
def test_the_fuzzers_target_takes_any_bytes(data: bytes) -> None:
    read_anything(data)


BOMBS: dict[str, Callable[[], bytes]] = {
    "deep.html": lambda: b"<html><body>" + b"<div>" * 100_000 + TEXT.encode(),
    "many.html": lambda: b"<html><body>" + b"<p>x</p>" * 500_000,
    "large.html": lambda: b"<html><body>" + TEXT.encode() * 200_000,
    "reopened.html": lambda: b"<html><body>" + b"<b><font>" * 900 + b"<p>" * 900 + TEXT.encode(),
    "entities.docx": lambda: with_xml(b"<w:document", b'<!DOCTYPE a [<!ENTITY b "bbb">]><w:document'),
    "deep.docx": lambda: with_xml(b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 50_000),
    "zip-bomb.docx": lambda: with_xml(b"<w:body>", b"<w:body>" + b" " * 100 * MEGABYTE),
    "runs.docx": lambda: with_xml(b"<w:body>", b"<w:body>" + b"<w:p><w:r><w:t>1</w:t></w:r></w:p>" * 200_000),
    "bomb.pdf": lambda: _pdf(zlib.compress(b" " * 300 * MEGABYTE)),
    "loop.pdf": lambda: b"%PDF-1.4\n1 0 obj<</Type/Pages/Kids[1 0 R]/Count 9>>endobj\ntrailer<</Root<</Pages 1 0 R>>>>",
    "cut.pdf": lambda: seed("a.pdf")[:500],
    "zeros.txt": lambda: bytes(50 * MEGABYTE),
    "nuls.txt": lambda: TEXT.encode().replace(b"\n", b"\0" * 1000) * 500,
    "fifty.txt": lambda: TEXT.encode() * 150_000,
    "line.txt": lambda: (TEXT.replace("\n", "") * 3000).encode(),
    "digits.txt": lambda: b"1" * 500_000 + TEXT.encode(),
    "brackets.txt": lambda: ("（" * 200_000 + TEXT).encode(),
    "marks.txt": lambda: ("一、" * 100_000 + TEXT).encode(),
}


def _pdf(stream: bytes) -> bytes:
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>endobj\n4 0 obj<</Length %d" % len(
        stream
    )
    return head + page + b"/Filter/FlateDecode>>stream\n" + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_neither_takes_long_nor_much_memory(name: str) -> None:
    data = BOMBS[name]()
    with Readers() as readers:
        readers.read_one(loose(seed("a.html"), "first.html"))
        readable_or_refused(readers.read_one(loose(data, name)))


def test_the_fuzzer_says_what_it_needs() -> None:
    started = time.monotonic()
    code = "import sys; sys.modules['atheris'] = None; import tests.fuzz.fuzz_reading as f; f.main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (
        1,
        "没有安装 atheris：请在另一个虚拟环境里 pip install atheris 后再运行。\n",
    )
    assert time.monotonic() - started < 60
