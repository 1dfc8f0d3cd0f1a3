"""Plain text: the file as it is, its lines told apart into notice and furniture."""

from __future__ import annotations

from etl.document import Segment
from etl.reading.encoding import Decoded
from etl.reading.layout import Layout
from etl.reading.lines import numbered


def lay_out(decoded: Decoded) -> Layout:
    """A layout with the decoded file exactly, a segment a line."""
    layout = Layout([decoded.text], len(decoded.text), warnings=list(decoded.warnings))
    layout.segments = [Segment(line.start, line.end, f"line {line.number}") for line in numbered(decoded.text)]
    return layout
