"""Rows 16 and 17 of the threats: links that were planted in a page are found wherever they are; clean pages pass.

The pages are made, the same ones in each run: the names of the planted sites are drawn, those of the clean ones are
of the kinds that government pages link to.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from etl.document import MASK, Document
from etl.reading import read
from tests.etl.reading.test_html import BODY, SENTENCE

HOSTS = 12
FOOTER = '<div class="footer"><p>版权所有 某市人民政府{}</p><p>ICP备12345678号</p></div>'
HIDDEN = {
    "not shown": "display:none",
    "invisible": "visibility:hidden",
    "off screen": "position:absolute;left:-9999px",
    "above the screen": "position:absolute;top:-8000px",
    "without size": "font-size:0",
    "in a box without height": "height:0;overflow:hidden",
    "white on white": "color:#fff",
    "white by its name": "color:white",
}
SHOWN = {
    "footer as sponsor": FOOTER.format(" {host}主办"),
    "footer as support": FOOTER.format(" 技术支持：<a href='http://{host}'>{host}</a>"),
    "footer as a link": FOOTER.format("<a href='http://www.{host}/'>{host}</a>"),
    "frame": "<iframe src='//www.{host}/x'></iframe>",
    "in the text": "<p>详情见http://www.{host}/index.html公布的内容。</p>",
    "beside Chinese": "<p>某市科学技术局{host}联合印发</p>",
}
REDIRECTS = {
    "meta": "<meta http-equiv='refresh' content='0;url=http://{host}/'>",
    "script": "<script>if(/baidu|so/.test(document.referrer)){{location.href='http://{host}/'}}</script>",
}
"""Where nothing is seen: the page itself must not be trusted, and its owner is told."""


def _hosts() -> list[str]:
    draw = random.Random(20260)  # noqa: S311 - the same pages in each run
    digits = ["".join(draw.choices("0123456789", k=draw.randint(6, 9))) + ".com" for _ in range(HOSTS // 2)]
    words = ["macaucasino", "bet365", "hg0088", "yabo8888", "kaiyun999", "pj88888"]
    return [*digits, *(f"{word}.{draw.choice(('com', 'cc', 'net'))}" for word in words)]


def _page(around: str, head: str = "") -> bytes:
    clean = FOOTER.format("") if "footer" not in around else ""
    text = f'<html><head>{head}</head><body><div id="zoom">{BODY}</div>{around}{clean}</body></html>'
    return f"<!DOCTYPE html>{text}".encode("gb18030")


def _planted() -> dict[str, tuple[bytes, str]]:
    """Every mutated page, by what was done to it, with the site that was planted."""
    hidden = {
        how: f'<div style="{style}"><a href="http://{{host}}">{{host}}</a></div>' for how, style in HIDDEN.items()
    }
    places = {**SHOWN, **hidden}
    return {f"{host} {how}": (_page(p.format(host=host)), host) for host in _hosts() for how, p in places.items()}


PLANTED = _planted()


def test_there_are_enough_mutated_pages() -> None:
    assert len(PLANTED) >= 100


def test_row_16_a_planted_link_is_held_with_its_reason_and_line_and_never_published() -> None:
    assert {how: missing for how, (data, host) in PLANTED.items() if (missing := _missing(read(data), host))} == {}


def _missing(document: Document, host: str) -> list[str]:
    """What a page should say of a planted link and does not."""
    lines = [document.text.count("\n", 0, held.start) + 1 for held in document.held if held.reason and held.rule]
    published = (document.masked, document.body, *document.facts.values(), *document.warnings)
    due: dict[str, bool] = {
        "held": bool(lines),
        "a line of the page": all(1 <= line <= document.text.count("\n") for line in lines),
        "masked": MASK in document.masked,
        "kept out": not any(host in words for words in published),
        "its owner is told": any(w.startswith("扣留了 ") for w in document.warnings),
        "the notice itself stays": SENTENCE in document.body,
    }
    return [what for what, is_so in due.items() if not is_so]


@pytest.mark.parametrize("how", REDIRECTS)
def test_row_16_a_page_that_leads_its_readers_away_is_told_to_its_owner(how: str) -> None:
    for host in _hosts():
        document = read(_page("", head=REDIRECTS[how].format(host=host)))
        assert [w for w in document.warnings if "跳转" in w or "读者" in w], host
        assert host not in document.masked


CLEAN_HOSTS = (
    *("www.gov.cn", "www.most.gov.cn", "kjj.zhenjiang.gov.cn", "www.example.gov.cn", "www.people.com.cn"),
    *("www.xinhuanet.com", "www.12377.cn", "www.12306.cn", "bszs.conac.cn", "www.12345.gov.cn", "www.pku.edu.cn"),
)
CLEAN: tuple[Callable[[str], str], ...] = (
    lambda host: FOOTER.format(f"<a href='http://{host}'>{host}</a>"),
    lambda host: f"<p>详见{host}公布的内容。</p>",
    lambda host: f"<div class='links'>友情链接：<a href='http://{host}/'>某网</a></div>",
    lambda host: f"<div style='display:none' class='menu'><a href='http://{host}/a'>下拉菜单</a></div>",
    lambda host: f"<p>邮箱：office12345678@{host.removeprefix('www.')}，电话0511-84425678。</p>",
    lambda host: f"<p>登录http://{host}/2017/0216/c1234567.html查看，文号镇科党〔2017〕13号。</p>",
)


def test_row_17_clean_pages_raise_no_alarm() -> None:
    pages = {f"{host} {number}": _page(make(host)) for host in CLEAN_HOSTS for number, make in enumerate(CLEAN)}
    assert len(pages) > 60
    alarms = {name: [(h.kind, h.rule) for h in read(data).held if h.kind == "link"] for name, data in pages.items()}
    assert {name: held for name, held in alarms.items() if held} == {}
