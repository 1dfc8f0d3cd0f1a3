"""The Atom feed of the requests of the public that staff released: where each stands, and what was answered."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.api import feeds
from portal.participation import finding
from portal.participation.terms import Terms
from portal.published.news import Entry
from portal.storage import Storage
from portal.storage.clock import local
from portal.storage.participation import CitizenRequest

PATH = "/participation/requests.atom"
TITLE = "公众参与办理情况"
STATES = {"waiting": "待办理", "working": "办理中", "done": "已完成", "refused": "不予采纳", "withdrawn": "已撤回"}


def is_of_participation(path: str) -> bool:
    """Whether a path is that of the feed."""
    return path == PATH


def requests(request: Request) -> Response:
    """The public requests of which there was news last."""
    storage: Storage = request.app.state.storage
    terms = Terms(request.app.state.site)
    with storage.session() as session:
        entries = [_entry(found, terms) for found in finding.newest(session, feeds.MOST)]
    return feeds.feed(request, f"{terms.site.title}：{TITLE}", "/participation/requests/", entries)


def _entry(found: CitizenRequest, terms: Terms) -> Entry:
    state = STATES[finding.public_state(found.state)]
    day = local(found.changed_at).date().isoformat()
    return Entry(
        # News of the same request is another entry: readers of feeds look at each id once.
        key=f"{found.number}/{found.state}",
        title=f"{terms.title(found.kind)} {found.number}：{state}",
        day=day,
        path=f"/participation/requests/{found.number}",
        lines=tuple(filter(None, (_about(found), found.public_text, _carried(found), found.answer_text))),
    )


def _about(found: CitizenRequest) -> str:
    where = "/".join(filter(None, (found.table_name, found.row_id, found.column_name)))
    return where or found.subject


def _carried(found: CitizenRequest) -> str:
    if not found.correction_id:
        return ""
    when = f"已随 {found.released_version} 版发布" if found.released_version else "将随下一版发布"
    if not found.column_name:
        return f"更正 {found.correction_id}：撤回这一行，{when}"
    return f"更正 {found.correction_id}：{found.shown_text or '（空）'} → {found.accepted_text or '（空）'}，{when}"


ROUTES = [Route(PATH, requests)]
