"""What waits at the desk: each room's queue is a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.access.roles import ADMIN, EDITOR, MODERATOR
from portal.forum import queue
from portal.participation.states import State
from portal.storage.participation import CitizenRequest


@dataclass(frozen=True)
class Queue:
    """Something that waits for those with a role: what it is, where it is dealt with, how much of it there is."""

    title: Any
    endpoint: str
    roles: frozenset[str]
    count: Callable[[Session], int]
    values: dict[str, str] = field(default_factory=dict)
    """What the address of its page takes besides."""


@dataclass(frozen=True)
class Place:
    """A page of the desk that is no queue."""

    title: Any
    endpoint: str
    roles: frozenset[str]


def _requests(state: State) -> Callable[[Session], int]:
    wanted = select(func.count()).select_from(CitizenRequest).where(CitizenRequest.state == state)
    return lambda session: session.scalar(wanted) or 0


_MODERATORS, _EDITORS, _ADMINS = frozenset({MODERATOR}), frozenset({EDITOR}), frozenset({ADMIN})
_REQUESTS = "handling.requests"

QUEUES: tuple[Queue, ...] = (
    Queue(_("待办理的来件"), _REQUESTS, _MODERATORS, _requests(State.WAITING), {"queue": "waiting"}),
    Queue(_("等待审核的帖子"), "moderation.index", _MODERATORS, queue.count_waiting),
    Queue(_("被举报的帖子"), "moderation.reports", _MODERATORS, queue.count_reported),
    Queue(_("待编辑核实的纠错"), _REQUESTS, _EDITORS, _requests(State.FORWARDED), {"queue": "forwarded"}),
    Queue(_("待发布的更正"), "handling.releases", _EDITORS, _requests(State.ACCEPTED)),
)
PLACES: tuple[Place, ...] = (
    Place(_("工作台"), "desk.index", frozenset({MODERATOR, EDITOR, ADMIN})),
    Place(_("来件"), _REQUESTS, _MODERATORS | _EDITORS),
    Place(_("帖子"), "moderation.index", _MODERATORS),
    Place(_("意见征集"), "handling.consultations", _MODERATORS | _EDITORS),
    Place(_("发布"), "handling.releases", _EDITORS),
    Place(_("成员"), "desk.people", _ADMINS),
    Place(_("操作记录"), "desk.log", _ADMINS),
)


def open_to(roles: frozenset[str], places: tuple[Any, ...]) -> list[Any]:
    """Those of the queues or places that somebody with these roles may open; an administrator may open all."""
    return [place for place in places if place.roles & roles or ADMIN in roles]
