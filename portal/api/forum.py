"""Atom feeds of the forum: the newest shown posts of all boards, of one, of a thread."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from etl.site import Site
from portal.api import atom
from portal.api.answers import ApiError, answer
from portal.forum import boards, personal, reading
from portal.forum.excerpts import plain
from portal.forum.reading import Read
from portal.storage import Storage
from portal.storage.forum import SHOWN, Post, Thread

MOST = 50
LONGEST = 2000
_PATH = re.compile(r"/forum/(?:feed|boards/[^/]+/feed|threads/[0-9]{1,18}/feed)\.atom")


def is_of_forum(path: str) -> bool:
    """Whether a path is that of a feed of the forum."""
    return _PATH.fullmatch(path) is not None


def everything(request: Request) -> Response:
    """The newest posts."""
    return _feed(request, "", "/forum/")


def board(request: Request) -> Response:
    """The newest posts of a board."""
    wanted = request.path_params["board"]
    found = next((b for b in boards.boards(request.app.state.site) if b.id == wanted), None)
    if found is None:
        raise ApiError(404, "没有这个版块。", "现有的版块见 /forum/。")
    return _feed(request, found.title, f"/forum/boards/{wanted}", Thread.board == wanted)


def thread(request: Request) -> Response:
    """The newest posts of a thread."""
    wanted, storage = request.path_params["thread"], request.app.state.storage
    with storage.session() as session:
        found = reading.by_id(session, Thread, wanted)
    if found is None or found.state != SHOWN:
        raise ApiError(404, "没有这个讨论。", "现有的讨论见 /forum/。")
    return _feed(request, found.title, f"/forum/threads/{wanted}", Thread.thread_id == wanted)


def _feed(request: Request, title: str, page: str, *which: ColumnElement[bool]) -> Response:
    site: Site = request.app.state.site
    storage: Storage = request.app.state.storage
    with storage.session() as session:
        posts = reading.read(session, Post.state == SHOWN, *which, limit=MOST, backwards=True)
        titles = reading.titles(session, {p.post.thread_id for p in posts})
    own = site.metadata["site"].get("sections", {}).get("forum", {}).get("title", "论坛")
    named = "：".join(filter(None, (site.title, own, title)))
    return answer(request, _written(site, named, request.url.path, page, posts, titles), atom.MEDIA_TYPE, {})


def _written(site: Site, title: str, path: str, page: str, posts: list[Read], titles: dict[int, str]) -> bytes:
    newest = max((_moment(p) for p in posts), default="1970-01-01T00:00:00Z")
    feed = atom.begin(site, title, path, page, newest)
    for one in posts:
        if one.version is not None:
            where = f"/forum/posts/{one.post.post_id}"
            added = atom.entry(feed, site, where, titles[one.post.thread_id], _moment(one), where)
            atom.text(atom.text(added, "author", ""), "name", one.author or personal.NAMELESS)
            atom.text(added, "content", plain(one.version.text, LONGEST)).set("type", "text")
    return atom.written(feed)


def _moment(read: Read) -> str:
    at = read.version.written_at if read.version else read.post.written_at
    return at.isoformat(timespec="seconds") + "Z"


ROUTES = [
    Route("/forum/feed.atom", everything),
    Route("/forum/boards/{board}/feed.atom", board),
    Route("/forum/threads/{thread:int}/feed.atom", thread),
]
