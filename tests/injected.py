"""What the captured page holds that must never get out, by its place; the words stand in the source alone."""

from __future__ import annotations

from etl.places import ROOT
from etl.reading import read

SOURCE = ROOT / "datasets/zhenjiang-stb/sources/2017-02-16-kjcxgzyd.txt"
START, END = 4223, 4235


def injected() -> str:
    """The name of the injected site, without its ending."""
    return read(SOURCE.read_bytes()).text[START:END].partition(".")[0]
