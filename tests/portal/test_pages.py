"""Every page of the two collections as built: links lead somewhere, markup is sound, nothing injected gets out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

from portal.sections import SECTIONS
from tests.injected import injected

INJECTED = (injected(), "88bet")
ENTRANCES = (
    "/",
    "/en/",
    "/about",
    "/q/",
    "/search?q=研发",
    "/en/search?q=研发",
    "/search?q=没有的词",
    "/targets/?state=open",
)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
LOOKED_AT = (
    "/",
    "/en/",
    "/plans/2017",
    "/targets/",
    "/catalogue/zhenjiang-stb/target",
    "/search?q=研发",
    "/disclosure/",
    "/services/",
    "/participation/",
    "/participation/new/correction?address=targets&row=zjstb-zkd-2017-13.rd-intensity&column=value",
    "/participation/requests/",
    "/participation/track",
    "/forum/",
    "/about",
    "/no/such/page",
)
"""Pages of each kind for the browser; one row of each table is added."""


@dataclass
class Page(HTMLParser):
    """What a page links to and names, and where its tags do not match."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [named[a] or "" for a in ("href", "src", "action") if a in named and tag != "link"]
        self.links += [named["href"] or ""] if tag == "link" and named.get("rel") == "stylesheet" else []
        self.faults += [f"two attributes of one name in <{tag}>"] if len(named) < len(attrs) else []
        self._open += [] if tag in VOID else [tag]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def whole(self, text: str) -> Page:
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]
        self.faults += [f"two elements are called {i}" for i in {i for i in self.ids if self.ids.count(i) > 1}]
        return self


@dataclass(frozen=True)
class Crawled:
    """Every page that links lead to from the entrances, and the status of all that they name."""

    pages: dict[str, Page]
    texts: dict[str, str]
    statuses: dict[str, int]


@pytest.fixture(scope="module")
def crawled(served: str) -> Crawled:
    with httpx.Client(base_url=served, headers={"Accept": "text/html"}, timeout=30) as client:
        return crawl(client)


def crawl(client: httpx.Client) -> Crawled:
    found, forms = Crawled({}, {}, {}), set[str]()
    waiting = list(ENTRANCES)
    while waiting:
        path = waiting.pop()
        if path not in found.statuses and (kind := form_of(path)) not in forms:
            forms |= {kind} - {""}
            waiting += visit(client, path, found)
    return found


def form_of(path: str) -> str:
    """Which form a path is that each row has for itself: of these one is enough. Empty for all other pages."""
    parts = urlsplit(path)
    forms = ("/participation/new/correction", "/forum/new")
    if not parts.query or parts.path.removeprefix("/en") not in forms:
        return ""
    return parts.path + re.sub(r"(row|about)=(/\w+/)?[^&]*", r"\2", unquote(parts.query))


def visit(client: httpx.Client, path: str, found: Crawled) -> list[str]:
    """Fetch a path, keep what it is, and return where it leads."""
    answer = client.get(path)
    found.statuses[path] = answer.status_code
    found.texts[path] = answer.text
    if answer.is_redirect:
        return [answer.headers["Location"]]
    if path.startswith("/data/") or not answer.headers["Content-Type"].startswith("text/html"):
        return []
    found.pages[path] = Page().whole(answer.text)
    return [p for p in map(local, found.pages[path].links) if p]


def local(link: str) -> str | None:
    """The path of a link within the site; the three type sizes count as one page."""
    parts = urlsplit(link)
    if parts.scheme or not parts.path.startswith("/") or "size=" in parts.query:
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def test_every_link_on_every_page_leads_somewhere(crawled: Crawled) -> None:
    assert len(crawled.pages) > 200
    broken = {p for p, status in crawled.statuses.items() if status >= 400}
    holders = {p: next(h for h, page in crawled.pages.items() if p in map(local, page.links)) for p in broken}
    assert holders == {}


def test_every_link_to_a_place_within_a_page_finds_it(crawled: Crawled) -> None:
    for path, page in crawled.pages.items():
        for link in page.links:
            place = urlsplit(link)
            target = local(link) if place.path else path
            if place.fragment and target in crawled.pages:
                assert unquote(place.fragment) in crawled.pages[target].ids, f"{path} → {link}"


def test_the_markup_of_every_page_is_sound(crawled: Crawled) -> None:
    assert {path: page.faults for path, page in crawled.pages.items() if page.faults} == {}


def test_row_16_no_page_or_download_lets_out_what_was_injected_or_a_traceback(crawled: Crawled) -> None:
    for path, text in crawled.texts.items():
        assert not any(word in text for word in (*INJECTED, "Traceback (most recent")), path


def test_every_page_says_that_the_site_is_not_official_and_has_one_heading(crawled: Crawled) -> None:
    for path in crawled.pages:
        text = crawled.texts[path]
        assert "非官方网站" in text or "Not an official website" in text, path
        assert len(re.findall(r"<h1[ >]", text)) == 1, path


def test_every_page_has_its_frame(crawled: Crawled) -> None:
    """The three type sizes, the search box, the other language: a page's own words must not displace them."""
    for path in crawled.pages:
        text = crawled.texts[path]
        sizes = re.findall(r'<a class="size-([sml])"[^>]*>([^<]+)</a>', text)
        assert sizes in ([("s", "小"), ("m", "中"), ("l", "大")], [("s", "S"), ("m", "M"), ("l", "L")]), path
        assert text.count('id="q-top"') == 1, path
        assert "hreflang=" in text, path
        assert not re.search(r"&lt;(?:built-in|bound|function|object|LazyString)|Undefined", text), path


def test_every_section_is_reached_in_order_from_every_page(crawled: Crawled) -> None:
    order = re.findall(r'<li><a href="(/[^"?]*)"', crawled.texts["/"])[:10]
    for path in crawled.pages:
        prefix = "/en" if path.startswith("/en/") else ""
        found = re.findall(r'<li><a href="(/[^"?]*)"', crawled.texts[path])[:10]
        assert found == [prefix + p for p in order], path


def test_nothing_is_loaded_from_elsewhere(crawled: Crawled) -> None:
    for path in crawled.pages:
        assert re.findall(r'(?:src|action)="(?:https?:)?//', crawled.texts[path]) == [], path


def test_every_template_is_used_by_some_page(crawled: Crawled) -> None:
    """Each kind of row and each section has been seen, by the addresses under which they stand."""
    firsts = {path.split("?")[0].split("/")[1] for path in crawled.pages if not path.startswith("/en")}
    folders = {section.name for section in SECTIONS if section.open}
    elsewhere = {"home": "/", "rows": "/sources/", "history": "/history", "queries": "/q/"}
    assert [name for name, part in elsewhere.items() if not any(part in path for path in crawled.pages)] == []
    rows = {"tasks", "targets", "reported", "indicators", "documents", "organisations", "sources"}
    assert folders - elsewhere.keys() | rows <= firsts


Open = Callable[[int, str], BrowserContext]


@pytest.fixture(scope="module")
def open_context(browser: Browser, served: str) -> Iterator[Open]:
    """A browser window of a width and colour scheme."""
    contexts: list[BrowserContext] = []

    def opened(width: int, scheme: str) -> BrowserContext:
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=viewport, color_scheme=scheme, base_url=served))  # type: ignore[arg-type]
        return contexts[-1]

    yield opened
    for context in contexts:
        context.close()


def seen(crawled: Crawled) -> list[str]:
    """Pages of each kind: those named above, and the first row of each table, notices of every shape."""
    rows: dict[str, str] = {}
    for path in sorted(crawled.pages):
        parts = path.strip("/").split("/")
        if len(parts) == 2 and parts[0] not in ("catalogue", "plans", "en"):
            rows.setdefault(path if parts[0] == "notices" else parts[0], path)
    return [*LOOKED_AT, *rows.values()]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_pages_are_accessible_and_fit(crawled: Crawled, open_context: Open, width: int, scheme: str) -> None:
    page = open_context(width, scheme).new_page()
    found = {}
    options = {} if scheme == "light" else {"runOnly": ["color-contrast"]}  # all else is the same in both
    for path in seen(crawled):
        page.goto(path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        violations = [
            f"{v['id']}: {v['nodes'][0]['html']}" for v in Axe().run(page, options=options).response["violations"]
        ]
        found[path] = [*violations, *([f"overflows by {over} px"] if over > 0 else [])]
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.browser
def test_large_type_fits_the_phone(crawled: Crawled, open_context: Open) -> None:
    page = open_context(360, "light").new_page()
    for path in seen(crawled):
        page.goto(path + ("&" if "?" in path else "?") + "size=l")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


@pytest.mark.browser
def test_the_sentence_that_a_link_leads_to_stands_out_without_script(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=served)
    page = context.new_page()
    page.goto("/targets/zjstb-zkd-2017-13.agri-progress-share")
    page.get_by_role("link", name="在公文中查看这一句").click()
    marked = page.locator("[id='zjstb-zkd-2017-13.agri-progress-share']")
    others = page.locator("mark.target").first
    colour = "e => getComputedStyle(e).backgroundColor"
    assert marked.evaluate(colour) != others.evaluate(colour)
    assert page.locator(".scripted:visible").count() == 0
    context.close()
