"""DCAT-AP: the same graph in three forms, pages of it, and the shapes of SEMIC."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from etl.catalogue import dcat
from etl.catalogue.record import Catalogue

DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
SH = Namespace("http://www.w3.org/ns/shacl#")
FORMS = {"jsonld": "json-ld", "ttl": "turtle", "rdf": "xml"}


def graph(catalogue: Catalogue, number: int = 1, size: int = dcat.PAGE, form: str = "jsonld") -> Graph:
    page = dcat.page(catalogue, number, size)
    assert page is not None
    with warnings.catch_warnings():
        # rdflib's own JSON-LD parser uses what rdflib advises against.
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=dcat.serialised(page, form), format=FORMS[form])


@pytest.fixture(scope="session")
def standards() -> Path:
    folder = os.environ.get("STANDARDS_DIR")
    if not folder:
        assert not os.environ.get("CI"), "STANDARDS_DIR is not set"
        pytest.skip("没有 SHACL 形状：请把 STANDARDS_DIR 指到存放标准文件的文件夹。")
    return Path(folder)


@pytest.mark.parametrize("form", ["ttl", "rdf"])
def test_all_forms_are_the_same_graph(catalogue: Catalogue, form: str) -> None:
    assert len(graph(catalogue, form=form)) == len(graph(catalogue)) > 1000
    titles = {(s, o) for s, o in graph(catalogue).subject_objects(DCT.title)}
    assert {(s, o) for s, o in graph(catalogue, form=form).subject_objects(DCT.title)} == titles


@pytest.mark.parametrize("shapes", ["shapes", "shapes_recommended", "range", "mdr-vocabularies.shape"])
def test_the_shapes_of_semic_find_no_violation(catalogue: Catalogue, standards: Path, shapes: str) -> None:
    assert problems(graph(catalogue), standards, shapes) == []


def test_the_shapes_do_find_what_is_missing(catalogue: Catalogue, standards: Path) -> None:
    broken = graph(catalogue)
    dataset = next(broken.subjects(RDF.type, DCAT.Dataset))
    broken.remove((dataset, DCT.title, None))
    assert problems(broken, standards, "shapes")


def problems(data: Graph, standards: Path, shapes: str) -> list[str]:
    """What pyshacl reports, each with its severity; that our publishers are none of the EU's bodies is no fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyshacl import validate

        shape = Graph().parse(standards / "dcat-ap-3.0.1" / f"{shapes}.ttl")
        _, report, _ = validate(data, shacl_graph=shape, advanced=False, inference="none", abort_on_first=False)
    return [
        f"{report.value(r, SH.resultSeverity)} {report.value(r, SH.focusNode)} {report.value(r, SH.resultPath)} "
        f"{report.value(r, SH.resultMessage)}"
        for r in report.objects(None, SH.result)
        if report.value(r, SH.resultPath) != DCT.publisher or shapes != "mdr-vocabularies.shape"
    ]


def test_a_page_holds_its_datasets_and_says_where_the_next_is(catalogue: Catalogue) -> None:
    total = sum(len(s.collection.tables) for s in catalogue.collections)
    seen: set[URIRef] = set()
    for number in range(1, dcat.last_page(catalogue, 7) + 1):
        page = graph(catalogue, number, 7)
        found = set(page.subjects(RDF.type, DCAT.Dataset))
        assert 0 < len(found) <= 7 and not found & seen
        seen |= found  # type: ignore[arg-type]
    assert len(seen) == total
    assert dcat.page(catalogue, 1000) is None
    assert dcat.page(Catalogue(catalogue.site), 1) is not None
