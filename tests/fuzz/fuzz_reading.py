"""Fuzzes every reader and the grammar: `python -m tests.fuzz.fuzz_reading -max_total_time=60`, with atheris installed.

Whatever is found is written to the current folder as `crash-…`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.fuzz.seeds import corpus


def main() -> None:
    """Run atheris on the arguments, starting from the seeds."""
    try:
        import atheris
    except ImportError:
        raise SystemExit("没有安装 atheris：请在另一个虚拟环境里 pip install atheris 后再运行。") from None
    # Without a path LibreOffice, which takes a second a file and is not ours to fuzz, is not found.
    os.environ["PATH"] = ""
    # Only our own code is watched for new paths: to watch all of the libraries takes longer than to fuzz.
    with atheris.instrument_imports(include=["etl"]):
        from tests.fuzz.anything import read_anything
    with tempfile.TemporaryDirectory() as folder:
        corpus(Path(folder))
        atheris.Setup([*sys.argv, folder], read_anything)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
