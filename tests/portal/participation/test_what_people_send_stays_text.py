"""Row 12 of the threats: nothing that people send, and nothing that staff answer, runs on any page that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from etl.places import ROOT
from etl.site import load_site
from portal.access.granting import set_active, set_roles
from portal.participation import consultations, handling
from portal.participation.consultations import Proposal
from portal.participation.filing import Filed
from portal.participation.finding import by_number
from portal.private import Private, open_private
from portal.published import Published
from portal.storage.people import User
from tests.conftest import Deployment, serving
from tests.portal.asked import STAFF, TERMS, ask, consult, release
from tests.portal.fitting import faults
from tests.portal.forum.vectors import LOOK, XSS
from tests.portal.people import log_in, member

ALL = "\n".join(XSS)
ROW = "zjstb-zkd-2017-13.agri-progress-share"
NO_COLUMN = f"/participation/new/correction?address=targets&row={ROW}&column={quote(XSS[33])}"
SILENT = {"/", f"/targets/{ROW}", "/account/requests/", NO_COLUMN}
"""Pages that show nothing of what was sent but its number."""
DESK = (
    "/desk/",
    "/desk/requests/?q=alert",
    "/desk/people/",
    "/desk/people/?state=disabled",
    "/desk/people/2",
    "/desk/log",
)
SQL = "select '<img src=x onerror=alert(1)>' as \"<svg onload=alert(1)>\""


@dataclass(frozen=True)
class Attacked:
    """A server whose requests hold every attack, and what is needed to look at them."""

    address: str
    private: Private
    admin: User
    corrected: Filed
    consultation: int


@pytest.fixture(scope="module")
def attacked(built: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    var = tmp_path_factory.mktemp("sent")
    (var / "releases").symlink_to(built.releases)
    private, published = open_private(var / "private"), Published(built.releases)
    admin = member(private, "管事的人", ("member", "admin"))
    corrected = _correction(private, published, admin)
    consultation = _consultation(private)
    _many(private)
    _granting(private, admin)
    with serving({**built.environment, "VAR_DIR": str(var)}) as address:
        yield Attacked(address, private, admin, corrected, consultation)
    private.storage.close()


def _correction(private: Private, published: Published, admin: User) -> Filed:
    """A correction all of whose fields are attacks, with all that staff and sender can add to it."""
    fields = {"body_text": ALL[:5000], "evidence_text": ALL[:2000], "proposed_text": ALL[-2000:]}
    sent = ask(private, "correction", published=published, row=ROW, user_id=admin.id, **fields, person_name=XSS[4])
    release(private, sent.number, ALL)
    with private.storage.session() as session:
        found = by_number(session, sent.number)
        assert found is not None
        handling.supplement(session, found, ALL)
        handling.ask(session, found, ALL, STAFF, TERMS)
        handling.note(session, found, "note", STAFF, ALL, for_staff=True)
        handling.perform(session, found, "refuse", STAFF, TERMS, ALL)
        handling.perform(session, found, "reopen", STAFF, TERMS, ALL)
    return sent


def _consultation(private: Private) -> int:
    number = consult(private, title=XSS[4])
    with private.storage.session() as session:
        kept = consultations.by_id(session, number)
        assert kept is not None
        consultations.change(session, kept, Proposal(XSS[0], ALL, kept.closes_on), None)
    for vector in XSS[:10]:
        comment = ask(private, "comment", consultation_id=number, subject="", body_text=vector, person_name=vector[:60])
        release(private, comment.number, vector)
    return number


def _many(private: Private) -> None:
    """A request for each attack, public in its own words."""
    for n, vector in enumerate(XSS):
        fields = {"subject": f"{n}{vector}"[:120], "body_text": vector, "evidence_text": vector}
        sent = ask(private, "data", **fields, person_name=vector[:60], phone=vector[:40])
        release(private, sent.number, vector)


def _granting(private: Private, admin: User) -> None:
    """Reasons of the desk are words too."""
    user = member(private, "小林", ("member",))
    with private.storage.session() as session:
        set_roles(session, admin.id, session.get_one(User, user.id), {"editor"}, XSS[4])
        set_active(session, admin.id, session.get_one(User, user.id), False, ALL[:500])


def _pages(at: Attacked) -> list[str]:
    number = at.corrected.number
    public = [f"/participation/requests/?page={n}" for n in range(1, 5)]
    public += ["/", "/participation/", f"/participation/requests/{number}", f"/targets/{ROW}"]
    public += ["/participation/consultations/", f"/participation/consultations/{at.consultation}"]
    public += [f"/search?q={quote(vector)}" for vector in XSS[4:9]]
    public += [NO_COLUMN]
    desk = ["/desk/requests/?queue=waiting", f"/desk/requests/{number}", f"/desk/requests/?kind={quote(XSS[33])}"]
    desk += ["/desk/consultations/"]
    desk += [f"/desk/consultations/{at.consultation}", "/desk/people/2", f"/desk/people/?q={quote(XSS[33])}"]
    desk += ["/desk/log", f"/desk/log?by={quote(XSS[33])}&action={quote(XSS[4])}", "/desk/log?about=account:2"]
    return [*public, *desk, "/account/requests/", f"/account/requests/{number}"]


@pytest.mark.browser
@pytest.mark.parametrize("guarded", [True, False], ids=["with the policy", "without the policy"])
def test_row_12_no_vector_runs_in_requests_with_the_policy_or_without(
    browser: Browser, attacked: Attacked, guarded: bool
) -> None:
    context = browser.new_context(base_url=attacked.address, bypass_csp=not guarded)
    _log_in(context, attacked)
    page, ran = context.new_page(), list[str]()
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda told: ran.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: ran.append(str(error)))
    found = {path: _looked_at(page, path) for path in _pages(attacked)}
    assert _silent(page, found) == SILENT
    found["tracked"] = _tracked(page, attacked)
    found["query"] = _cited(page, attacked)
    assert ({path: faults for path, faults in found.items() if faults}, ran) == ({}, [])
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_the_desk_fits_and_is_accessible_whatever_people_send(
    browser: Browser, attacked: Attacked, width: int, scheme: str
) -> None:
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=attacked.address, viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    _log_in(context, attacked)
    page, found = context.new_page(), {}
    for path in (*DESK, f"/desk/requests/{attacked.corrected.number}", f"/desk/consultations/{attacked.consultation}"):
        page.goto(path)
        found[path] = faults(page)
    assert {path: faults for path, faults in found.items() if faults} == {}
    context.close()


def _silent(page: Page, paths: Iterable[str]) -> set[str]:
    """The pages that show no attack, and so would say nothing of any."""
    return {path for path in paths if "alert(1)" not in page.request.get(path).text()}


def _log_in(context: BrowserContext, at: Attacked) -> None:
    client = httpx.Client()
    log_in(client, at.private, at.admin, site=load_site(ROOT / "metadata.yml"))
    context.add_cookies([{"name": "session", "value": client.cookies["session"], "url": at.address}])


def _looked_at(page: Page, path: str) -> list[str]:
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, path
    return list(page.evaluate(LOOK))


def _tracked(page: Page, at: Attacked) -> list[str]:
    """What the sender sees."""
    page.goto("/participation/track")
    page.fill("[name=number]", at.corrected.number)
    page.fill("[name=code]", at.corrected.code)
    page.click("main button")
    assert ALL[:20] in page.inner_text("main")
    return list(page.evaluate(LOOK))


def _cited(page: Page, at: Attacked) -> list[str]:
    """A query whose columns and cells are attacks."""
    told = {"collection": "zhenjiang-stb", "version": "1.0.0", "sql": SQL}
    kept = httpx.post(f"{at.address}/q/", data=told, follow_redirects=False)
    assert kept.status_code == 303, kept.text
    return _looked_at(page, kept.headers["location"])
