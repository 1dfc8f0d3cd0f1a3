"""Fuzzes every reader and the grammar: `python -m tests.fuzz.fuzz_reading -max_total_time=60`, with atheris installed.

An input whose first byte names a format is read as a file of that format. Whatever is found is written to the current
folder as `crash-…`; anything but a document with text or a plain refusal is a find.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from etl.pipeline import read_notice
from etl.reading import Unreadable
from tests.fuzz.seeds import corpus

NAMES = ("a.txt", "a.html", "a.docx", "a.pdf", "a.rtf", "a.doc", "a", "a.zip")


def read_anything(data: bytes) -> None:
    """Read bytes under one of the names; what is silently empty is a find as well."""
    name, rest = NAMES[data[0] % len(NAMES)] if data else "a", data[1:]
    for content in (data, rest):
        try:
            reading = read_notice(content, name=name)
        except Unreadable as error:
            assert str(error).strip(), "a refusal that says nothing"
        else:
            assert reading.document.body.strip(), "silently empty"


def main() -> None:
    """Run atheris on the arguments, starting from the seeds."""
    try:
        import atheris
    except ImportError:
        raise SystemExit("没有安装 atheris：请在另一个虚拟环境里 pip install atheris 后再运行。") from None
    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as folder:
        corpus(Path(folder))
        atheris.Setup([*sys.argv, folder], read_anything)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
