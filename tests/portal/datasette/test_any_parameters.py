"""Whatever is asked of Datasette's pages, the answer is a page, a refusal or a redirect within /data/."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from etl.site import Site
from portal.asgi import create
from portal.private import open_private
from portal.published import Published

DB = "/data/zhenjiang-stb"
PATHS = st.sampled_from(
    [
        "/data/",
        DB,
        f"{DB}/target",
        f"{DB}/target_fts",
        f"{DB}/target/zjstb-zkd-2017-13~2Eagri-progress-share",
        f"{DB}/passages-with-words",
    ]
)
SUFFIXES = st.sampled_from(["", ".json", ".csv", ".blob", ".jsono", "/"])
SPECIAL = [
    *("_sort", "_sort_desc", "_size", "_next", "_facet", "_facet_array", "_facet_date", "_facet_size"),
    *("_search", "_searchmode", "_fts_table", "_fts_pk", "_where", "_through", "_col", "_nocol", "_json"),
    *("_shape", "_labels", "_label", "_nl", "_stream", "_dl", "_header", "_extras", "_nosuggest", "_ttl"),
    *("_timelimit", "_filter_column", "_filter_op", "_filter_value", "_sort_by_desc", "_hide_sql"),
    *("_show_sql", "_context", "_blob_column", "_blob_hash", "_trace", "year", "year__gt", "year__in"),
    *("year__date", "quote__contains", "quote__arraycontains", "year__isnull", "name__glob"),
    *("year__nothing", "sql", "p"),
]
NAMES = st.sampled_from(SPECIAL) | st.text(max_size=8)
VALUES = st.sampled_from(
    [
        *("", "1", "-1", "x", "year", "[1,2]", "{}", "raw", "target", '"', "'", "%", "a,b", "9" * 20, "1e999", "on"),
        *("array", "object", "研发", "rowid", "select 1", "select * from target", "../x", "null", "max"),
        '{"table":"target","column":"year","value":"2017"}',
    ]
) | st.text(max_size=12)


@pytest.fixture(scope="module")
def site_client(releases: Path, site: Site, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    app = create(Published(releases), site, open_private(tmp_path_factory.mktemp("own")))
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False)


@settings(max_examples=200, deadline=None)
@given(path=PATHS, suffix=SUFFIXES, asked=st.lists(st.tuples(NAMES, VALUES), max_size=3))
def test_no_parameter_is_a_fault(site_client: TestClient, path: str, suffix: str, asked: list[tuple[str, str]]) -> None:
    query = "&".join(f"{quote(n, safe='', errors='replace')}={quote(v, safe='', errors='replace')}" for n, v in asked)
    answer = site_client.get(f"{path}{suffix}?{query}")
    assert answer.status_code in (200, 302, 400, 404)
    assert "Traceback" not in answer.text
    location = answer.headers.get("location", "/data/")
    assert location.startswith("/data/") and not location.startswith("/data/data/")
