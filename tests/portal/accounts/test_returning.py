"""Threat 30: a form that leads elsewhere afterwards."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest

from portal.accounts.returning import is_own
from tests.portal.accounts.visitor import SITE, Visitor

EVIL = "evil.example"
ELSEWHERE = [
    f"http://{EVIL}", f"https://{EVIL}/", f"HTTPS://{EVIL}", f"ftp://{EVIL}", f"//{EVIL}", f"///{EVIL}", f"////{EVIL}",
    f"/\\{EVIL}", f"\\\\{EVIL}", f"\\/{EVIL}", f"/\\/{EVIL}", f"/\\\\{EVIL}", f"\\{EVIL}", f"/{chr(9)}/{EVIL}",
    f"{chr(9)}//{EVIL}", f" //{EVIL}", f"/ /{EVIL}", f"/{chr(10)}/{EVIL}", f"/{chr(13)}/{EVIL}", f"{chr(0)}//{EVIL}",
    f"/%5c{EVIL}", f"/%5C{EVIL}", f"/%5c/{EVIL}", f"%5c%5c{EVIL}", f"/%2f{EVIL}", f"/%2F{EVIL}", f"%2f%2f{EVIL}",
    f"/%09/{EVIL}", f"/%0a/{EVIL}", f"/%0d%0aLocation:%20http://{EVIL}", "/x%0d%0aSet-Cookie:a=b",
    f"/x\r\nLocation: http://{EVIL}", "/x\nSet-Cookie: a=b", f"javascript:alert(1)//{EVIL}", "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)", "data:text/html,<script>", "vbscript:x", f"http:{EVIL}", f"http:/{EVIL}", f"http:///{EVIL}",
    f"{SITE}.{EVIL}/", f"{SITE}@{EVIL}/", f"http://127.0.0.1:8000\\@{EVIL}", f"http://{EVIL}#@127.0.0.1:8000/",
    f"http://{EVIL}?127.0.0.1:8000", f"//127.0.0.1:8000@{EVIL}", f"//{EVIL}%2f..", f"/\u3000/{EVIL}"[:1] + f"/{EVIL}",
    f"mailto:a@{EVIL}", f"//{EVIL}/%2e%2e", f"/..//{EVIL}"[3:], f"http://[::1]@{EVIL}", f"blob:http://{EVIL}",
]  # fmt: skip


def test_row_30_there_are_enough_of_them_and_none_is_a_path_of_ours() -> None:
    assert len(set(ELSEWHERE)) >= 50
    assert [target for target in ELSEWHERE if is_own(target)] == []


@pytest.mark.parametrize("form", ["login", "logout"])
def test_row_30_no_form_leads_to_another_host(visitor: Visitor, form: str) -> None:
    visitor.join("王小芳", "fang@example.org")
    for target in ELSEWHERE:
        path = f"/account/{form}?next={quote(target, safe='')}"
        at = "/account/" if form == "logout" else "/account/verify"
        for answer in (visitor.post(path, at=at), visitor.post(f"/account/{form}", at=at, next=target)):
            assert leads_home(answer.status_code, answer.headers.get("Location", "")), target


def leads_home(status: int, location: str) -> bool:
    return status == 400 or (location.startswith("/") and not urlsplit(location).netloc and "evil" not in location)


def test_who_came_from_a_page_of_ours_is_led_back_to_it(visitor: Visitor) -> None:
    visitor.join("王小芳", "fang@example.org").log_out()
    asked = visitor.get("/account/requests/?page=2")
    assert asked.headers["Location"] == "/account/login?next=/account/requests/?page%3D2"
    answer = visitor.post(asked.headers["Location"], username="王小芳", password="三月的雨落在旧瓦上")  # noqa: S106
    assert answer.headers["Location"] == "/account/requests/?page=2"
