"""From what was read and what people keep to the rows of the tables."""

from etl.assembling.assemble import assemble
from etl.assembling.curated import mark_conflicts
from etl.assembling.taken import Link, Taken

__all__ = ["Link", "Taken", "assemble", "mark_conflicts"]
