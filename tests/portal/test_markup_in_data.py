"""Rows 13 and 14 of the threats: markup in notices, rows, titles and names of files stays text wherever it is shown."""

from __future__ import annotations

import html as entities
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from starlette.testclient import TestClient

from etl.declaration import DeclarationError, load
from etl.places import ROOT
from etl.releasing.current import Build
from etl.site import Site
from portal.asgi import create
from portal.private import Private
from portal.published import Published
from tests.conftest import Deployment
from tests.portal.forum.vectors import XSS
from tests.portal.worlds import TEXT, world

MARKUP = "<img src=x onerror=alert(1)>"
NAME = "zhenjiang-stb"
TITLES = frozenset({"title", "title_en", "description", "description_en"})
WORDS = frozenset(
    {
        *(
            "name",
            "title",
            "heading",
            "text",
            "quote",
            "bodies_text",
            "reason_text",
            "where_text",
            "source_text",
            "file",
        ),
        *("synonyms_text", "before_text", "after_text", "issuer_text", "summary_text", "subject_qualifier", "place"),
    }
)
ROWS = tuple(
    f"/{table}s/{row[f'{table}_id']}"
    for table in ("notice", "task", "target", "indicator", "organisation", "source", "document")
    for row in world()[table]
)
RUNS = frozenset({"iframe", "object", "embed", "base", "applet", "math", "marquee", "video", "audio", "source"})
ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href")
FORBIDDEN = re.compile(r"\s*(javascript|vbscript|data|file|blob):", re.IGNORECASE)
Crawl = Iterator[tuple[str, str]]


def faults(page: str) -> list[str]:
    """What runs or loads in a page besides its own scripts, styles and pictures."""
    return [fault for e in html.document_fromstring(page).iter() if isinstance(e.tag, str) for fault in _of(e)]


def _of(element: html.HtmlElement) -> Iterator[str]:
    if element.tag in RUNS or (element.tag == "img" and not element.get("src", "").startswith("/static/")):
        yield element.tag
    for name, value in element.attrib.items():
        if name.startswith("on") or name == "srcdoc" or (name in ADDRESSES and FORBIDDEN.match(value)):
            yield f"{element.tag} {name}={value}"


def crawl(client: TestClient, *entrances: str, most: int = 150) -> Crawl:
    """The pages that links lead to, those of the entrances first."""
    waiting, seen = list(entrances), set(entrances)
    for _ in range(most):
        if not waiting:
            break
        path = waiting.pop(0)
        answer = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        yield path, answer.text
        links = [str(link).partition("#")[0] for link in html.document_fromstring(answer.text).xpath("//a/@href")]
        new = dict.fromkeys(p for p in links if p.startswith("/") and "size=" not in p and p not in seen)
        seen.update(new)
        waiting += new


def client_of(releases: Path, site: Site, private: Private) -> TestClient:
    app = create(Published(releases), site, private)
    return TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def test_faults_are_seen() -> None:
    assert [
        bool(faults(f"<p>{vector}</p>")) for vector in (MARKUP, "<a href=' JavaScript:x'>x</a>", "&lt;img&gt;")
    ] == [
        True,
        True,
        False,
    ]


@pytest.fixture
def imported(deployment: Deployment, tmp_path: Path, site: Site, private: Private) -> TestClient:
    """A site whose notice came as a page full of attacks, as markup and as words."""
    raw = "".join(f"<div><p>{n}．推进第{n}项工作。{vector}</p></div>\n" for n, vector in enumerate(XSS, 1))
    words = "".join(f"<p>{n}．落实第{n}项任务{entities.escape(vector)}。</p>\n" for n, vector in enumerate(XSS, 100))
    title = entities.escape(f"关于印发工作要点{MARKUP}的通知")
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div id='zoom'>{words}{raw}</div></body>"
    (tmp_path / "<img src=x onerror=alert(1)>.html").write_text(page, "utf-8")
    taken = deployment.etl("capture", "--collection", "qinghe-joint", str(next(tmp_path.glob("<img*"))))
    assert taken.returncode == 0, taken.stderr
    assert deployment.etl("build", "qinghe-joint").returncode == 0
    return client_of(deployment.releases, site, private)


def test_row_13_a_page_full_of_scripts_is_imported_as_text_alone(imported: TestClient) -> None:
    pages = dict(crawl(imported, "/notices/", "/catalogue/qinghe-joint/passage", "/data/qinghe-joint/passage"))
    assert len(pages) > 20
    assert any(
        entities.escape(MARKUP) in text or entities.escape(MARKUP, quote=False) in text for text in pages.values()
    )
    assert {path: found for path, text in pages.items() if (found := faults(text))} == {}


@pytest.fixture
def hostile(tmp_path: Path, site: Site, private: Private, publish: Callable[..., Build]) -> TestClient:
    """A site whose collection carries markup in every title, every cell of words and every name of a file."""
    shutil.copytree(ROOT / "datasets" / NAME, tmp_path / NAME, ignore=shutil.ignore_patterns("data", "*.csv"))
    path = tmp_path / NAME / "datapackage.yaml"
    path.write_text(yaml.safe_dump(_marked(yaml.safe_load(path.read_text("utf-8"))), allow_unicode=True), "utf-8")
    rows = {table: [_cells(row) for row in found] for table, found in world().items()}
    publish(tmp_path / "releases", load(tmp_path / NAME), rows, {"zjstb-src-c8cbd21351": TEXT.replace("通知", MARKUP)})
    return client_of(tmp_path / "releases", site, private)


def _marked(part: Any) -> Any:
    if isinstance(part, list):
        return [_marked(each) for each in part]
    if isinstance(part, dict):
        return {k: v + MARKUP if k in TITLES and isinstance(v, str) else _marked(v) for k, v in part.items()}
    return part


def _cells(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v + MARKUP if k in WORDS and isinstance(v, str) else v for k, v in row.items()}


def test_row_14_markup_in_titles_cells_and_names_of_files_is_escaped_on_every_page(hostile: TestClient) -> None:
    tables = [f"/{where}/{NAME}/{table}" for table in world() for where in ("data", "catalogue")]
    entrances = ("/", "/en/", "/targets/", "/search?q=onerror", "/data/", f"/data/{NAME}", *tables, *ROWS)
    pages = dict(crawl(hostile, *entrances))
    assert set(entrances) <= pages.keys()
    assert sum("&lt;img src=x" in text for text in pages.values()) > 60
    assert {path: found for path, text in pages.items() if (found := faults(text))} == {}
    assert [path for path, text in pages.items() if MARKUP in text] == []


def test_row_14_a_column_of_a_query_may_be_called_what_it_likes(hostile: TestClient) -> None:
    for sql in (f'select 1 as "{MARKUP}"', f"select '{MARKUP}' as x", f"select {MARKUP}"):
        text = hostile.get(f"/data/{NAME}", params={"sql": sql}, follow_redirects=True).text
        assert ("&lt;img src=x" in text, MARKUP in text, faults(text)) == (True, False, [])


@pytest.mark.parametrize("old", ["name: target\n", "name: value,"])
def test_row_14_no_table_and_no_column_is_named_with_markup(tmp_path: Path, old: str) -> None:
    text = (ROOT / "tests/etl/small/datapackage.yaml").read_text("utf-8")
    assert old in text
    new = old.replace(old.split()[1].rstrip(","), f'"{MARKUP}"')
    (tmp_path / "datapackage.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DeclarationError):
        load(tmp_path)
