"""Row 40 of the threats, for programs: every route of the API is declared, and none looks at who asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from etl.site import Site
from portal.api.app import create_api
from portal.private import Private
from portal.published import Published
from tests.portal.people import log_in, member

DECLARED = Path(__file__).parent / "machines.yaml"


def test_every_route_for_programs_is_declared_and_nothing_else(
    published: Published, site: Site, private: Private
) -> None:
    async def sql(*_: Any) -> None: ...

    there: dict[str, set[str]] = {}
    for route in create_api(published, site, sql, private.storage).routes:
        there.setdefault(route.path, set()).update(route.methods - {"HEAD"})  # type: ignore[attr-defined]
    said = yaml.safe_load(DECLARED.read_text("utf-8"))
    assert there == {path: set(methods.split()) for path, methods in said.items()}


@pytest.mark.parametrize(
    "path", ["/search.json?q=研发", "/targets/zjstb-zkd-2017-13.agri-progress-share.json", "/feed.atom", "/data/"]
)
def test_programs_are_told_the_same_whoever_asks(client: TestClient, private: Private, path: str) -> None:
    guest = client.get(path)
    log_in(client, private, member(private, "管事的人", ("admin",)))
    known = client.get(path)
    assert (known.status_code, known.content) == (guest.status_code, guest.content)
    assert "set-cookie" not in known.headers
    assert "Cookie" not in known.headers.get("vary", "")
