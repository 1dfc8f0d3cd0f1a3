"""Citations as pure functions over a small record: what is cited, and in which form."""

from portal.cite.apa import apa
from portal.cite.bibtex import bibtex
from portal.cite.csl import csl
from portal.cite.gbt import gbt
from portal.cite.news import sentence
from portal.cite.ris import ris
from portal.cite.work import Paper, Work

__all__ = ["Paper", "Work", "apa", "bibtex", "csl", "gbt", "ris", "sentence"]
