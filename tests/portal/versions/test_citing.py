"""What is published, cited: at its version, with the papers it was read from."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize("form", ["bib", "ris", "csl.json", "txt"])
def test_a_row_is_cited_at_its_version(asking: TestClient, form: str) -> None:
    found = asking.get(f"/cite/zjstb-zkd-2017-13.agri-progress-share@1.0.0.{form}")
    assert found.status_code == 200
    assert "/targets/zjstb-zkd-2017-13.agri-progress-share@1.0.0" in found.text
    assert "镇科党〔2017〕13号" in found.text


def test_what_is_served_now_is_cited_at_its_version_too(asking: TestClient) -> None:
    named = "zjstb-zkd-2017-13,zhenjiang-stb,zhenjiang-stb:target,zjstb-rd-intensity.2017-321100"
    items = json.loads(asking.get(f"/cite/{named}.csl.json").text)
    assert [i.get("URL", i["title"]).removeprefix("http://127.0.0.1:8000") for i in items] == [
        "/notices/zjstb-zkd-2017-13@1.2.0",
        "/releases/zhenjiang-stb/1.2.0/",
        "/releases/zhenjiang-stb/1.2.0/#target",
        "/reported/zjstb-rd-intensity.2017-321100@1.2.0",
        "统计公报",
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [("nothing.bib", 404), ("zhenjiang-stb.xyz", 404), (",.bib", 400), ("zhenjiang-stb:no.ris", 404)],
)
def test_what_is_not_there_is_not_cited(asking: TestClient, path: str, status: int) -> None:
    found = asking.get(f"/cite/{path}")
    assert (found.status_code, set(found.json())) == (status, {"error", "hint"})
