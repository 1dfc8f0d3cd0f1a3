"""A large catalogue pages and streams: what it takes does not grow with it."""

from __future__ import annotations

import pytest

from bench.catalogue import dialects, made_up, measured
from etl.catalogue import dcat


@pytest.mark.parametrize(
    "name", ["catalog.jsonld, last page", "data.json", "datapackage.json", "sitemap.xml", "llms.txt"]
)
def test_memory_stays_as_it_is_however_many_datasets_there_are(name: str) -> None:
    few, many = measured(dialects(made_up(200))[name]), measured(dialects(made_up(2000))[name])
    assert many.peak < few.peak * 1.5 + 200_000
    assert "page" in name or many.size > few.size * 8


def test_every_page_but_the_last_is_full() -> None:
    catalogue = made_up(250)
    sizes = [sum(n["@type"] == "dcat:Dataset" for n in (dcat.page(catalogue, p) or {})["@graph"]) for p in (1, 2, 3)]
    assert sizes == [100, 100, 60]
    assert dcat.last_page(catalogue) == 3
