"""Pages of datasets: preview, sizes, quality, versions, snippets, the promise of updates."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from etl.site import Site
from portal.app import create_app
from portal.private import Private
from portal.published import Published
from portal.sections.catalogue.promise import promise
from portal.sections.catalogue.snippets import snippets
from tests.conftest import ROOT, serving
from tests.portal.bureau import LATER, NAME, Bureau

TABLE = f"/catalogue/{NAME}/target"


@pytest.fixture
def client(released: Published, site: Site, private: Private) -> FlaskClient:
    return create_app(released, site, private).test_client()


def page(client: FlaskClient, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def ids(client: FlaskClient, query: str) -> list[str]:
    """The keys of the rows that the preview shows."""
    return [text(td) for td in page(client, f"{TABLE}?{query}").xpath("//table[@class='preview']/tbody/tr/td[1]")]


def test_the_preview_can_be_searched_and_sorted(client: FlaskClient) -> None:
    assert ids(client, "sort=value") == ["zjstb-rd-intensity.2017-321100-plan", LATER]
    assert ids(client, "sort=value&desc=1") == [LATER, "zjstb-rd-intensity.2017-321100-plan"]
    assert ids(client, "q=新的目标") == [LATER]
    assert ids(client, "sort=nothing&q=") == sorted(ids(client, ""))
    assert text(page(client, f"{TABLE}?q=没有这个").xpath("//section[@aria-labelledby='preview']/p[@class='empty']")[0])


def test_downloads_say_how_large_they_are(client: FlaskClient) -> None:
    told = [text(li) for li in page(client, TABLE).xpath("//ul[@class='downloads'][1]/li")]
    assert re.fullmatch(r"CSV [\d.]+ (kB|Bytes)", told[0])
    assert any(re.fullmatch(r"Parquet [\d.]+ (kB|Bytes)", t) for t in told)
    assert any(re.fullmatch(r"XLSX [\d.]+ (kB|Bytes)", t) for t in told)


def test_quality_says_what_is_missing_doubtful_and_checked(client: FlaskClient) -> None:
    quality = text(page(client, TABLE).xpath("//section[@aria-labelledby='quality']")[0])
    assert re.search(r"缺失\d+% 的单元格有值；\d+ 列全空", quality)
    assert re.search(r"存疑\d 行", quality)
    assert "全部通过" in quality
    rules = [text(tr) for tr in page(client, TABLE).xpath("//section[@aria-labelledby='quality']//tbody/tr")]
    assert "主键唯一target_id0" in rules
    assert "外键有着落region_code → region0" in rules


def test_versions_can_be_picked(client: FlaskClient) -> None:
    picker = page(client, TABLE).xpath("//section[@aria-labelledby='versions']")[0]
    assert [a.text for a in picker.xpath(".//li/a")] == ["1.2.0", "1.1.0", "1.0.1", "1.0.0"]
    assert picker.xpath(".//a[@aria-current]/text()") == ["1.2.0"]


def test_a_table_and_a_collection_are_cited_at_their_version(client: FlaskClient) -> None:
    for path in (TABLE, f"/catalogue/{NAME}/"):
        assert "1.2.0版" in text(page(client, path).xpath("//p[@class='cite']")[0])


@pytest.mark.parametrize(
    ("frequency", "last", "kept"),
    [("每月", "2026-11-01", True), ("每月", "2026-09-30", False), ("不定期", "2020-01-01", None), ("每年", "", None)],
)
def test_a_promise_is_kept_or_not(frequency: str, last: str, kept: bool | None) -> None:
    assert promise(frequency, last, "2026-11-24").kept is kept


@pytest.fixture(scope="module")
def live(bureau: Bureau) -> Iterator[str]:
    """The four releases served by a process of their own."""
    environment = {"VAR_DIR": str(bureau.releases.parent), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    with serving(environment) as address:
        yield address


@pytest.mark.parametrize(
    ("tool", "said"),
    [
        ("curl", ""),
        ("csvkit", "| target_id"),
        ("Python", f"2 ['zjstb-rd-intensity.2017-321100-plan', '{LATER}']"),
        ("SQL", f'"target_id": "{LATER}"'),
    ],
)
def test_snippets_run(released: Published, live: str, tmp_path: Path, tool: str, said: str) -> None:
    served = released.collections()[0]
    found = {s.tool: s.code for s in snippets(live, served, served.collection.table("target"))}
    assert set(found) == {"curl", "csvkit", "Python", "R", "SQL"}
    run = [sys.executable, "-c", found[tool]] if tool == "Python" else ["/bin/bash", "-ec", found[tool]]
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout
    if tool == "curl":
        assert (tmp_path / "target.csv").read_text("utf-8").startswith("target_id,")
