"""From a text to a notice: metadata, outline, tasks, citations, bodies and proposed repairs."""

from __future__ import annotations

from etl.document import Document, Parsed
from etl.parsing.breaks import breaks_of, first_line
from etl.parsing.citations import citations_of
from etl.parsing.completeness import completeness
from etl.parsing.entries import read_entries
from etl.parsing.filters import without_false
from etl.parsing.heads import places_of, read_head
from etl.parsing.metadata import notice_of
from etl.parsing.organisations import organisations_of
from etl.parsing.outline import chapters_of, tree
from etl.parsing.page import read_page
from etl.parsing.repairs import repairs_of
from etl.parsing.ruling import first_leads
from etl.parsing.settling import settle
from etl.parsing.tasks import tasks_of


def parse(document: Document) -> Parsed:
    """Read a document's metadata, outline, tasks, citations and bodies; a pure function of it."""
    page = read_page(document)
    head = read_head(page)
    entries = read_entries(page, first_line(head), breaks_of(page, head))
    nodes = tree(page, without_false(page, entries))
    settle(page, nodes)
    tasks, named = tasks_of(page, nodes, first_leads(page.view))
    notice = notice_of(head, completeness(page, nodes, tasks))
    return Parsed(
        notice=notice,
        chapters=chapters_of(page, nodes),
        tasks=tasks,
        citations=citations_of(page, places_of(head)),
        organisations=organisations_of(page, head, named),
        repairs=repairs_of(page, head, notice, tasks),
    )
