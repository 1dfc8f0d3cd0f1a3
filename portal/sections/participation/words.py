"""What states, steps and roles are called on pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from portal.frame.door import site
from portal.frame.language import language
from portal.participation.calendar import today
from portal.participation.finding import DONE, REFUSED, WAITING, WITHDRAWN, WORKING, public_state
from portal.participation.kinds import KINDS
from portal.participation.states import OPEN
from portal.participation.terms import Terms
from portal.storage.clock import local
from portal.storage.participation import CitizenRequest

STATES = {
    WAITING: _("待办理"),
    WORKING: _("办理中"),
    DONE: _("已完成"),
    REFUSED: _("不予更正"),
    WITHDRAWN: _("已撤回"),
}
ACTIONS = {
    "file": _("提交来件"),
    "take": _("开始办理"),
    "forward": _("转交编辑核实"),
    "send_back": _("编辑退回"),
    "accept": _("采纳，将随下一版发布"),
    "release": _("随新版发布，办结"),
    "answer": _("答复，办结"),
    "take_in": _("收入意见汇总"),
    "refuse": _("不予采纳，办结"),
    "reopen": _("重新办理"),
    "withdraw": _("提交人撤回"),
    "ask": _("请提交人补充"),
    "supplement": _("提交人补充"),
    "publish": _("公开"),
    "unpublish": _("收回公开"),
    "note": _("内部备注"),
    "spam": _("判为垃圾信息"),
    "restore": _("不是垃圾信息，恢复"),
}
TOLD_TO_ALL = ("file", "take", "forward", "send_back", "accept", "release", "answer", "refuse", "reopen", "withdraw")
ROLES = {
    "citizen": _("提交人"),
    "moderator": _("审核员"),
    "editor": _("编辑"),
    "admin": _("管理员"),
    "system": _("系统"),
}


def kind_title(kind: str) -> str:
    """What the site calls a kind of request."""
    return Terms(site()).title(kind, language())


def state_title(found: CitizenRequest) -> str:
    """Where a request stands, in the words for its kind."""
    shown = public_state(found.state)
    return str(KINDS[found.kind].refused if shown == REFUSED else STATES[shown])


def action_title(action: str, kind: str) -> str:
    """What a step of a request is called, in the words for its kind."""
    if action == "refuse":
        return str(gettext("%(refused)s，办结", refused=KINDS[kind].refused))
    return str(ACTIONS.get(action, action))


def when(moment: datetime | None) -> str:
    """A moment on China's clock, to the minute."""
    return local(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def is_overdue(found: CitizenRequest) -> bool:
    """Whether an answer is late."""
    return found.state in OPEN and found.due_on < today() and Terms(site()).days(found.kind) > 0


def functions() -> dict[str, Any]:
    """For every template."""
    return {
        "kind_title": kind_title,
        "state_title": state_title,
        "public_state": public_state,
        "action_title": action_title,
        "role_title": lambda role: str(ROLES.get(role, role)),
        "state_titles": STATES,
        "when": when,
        "is_overdue": is_overdue,
        "promised_days": lambda kind: Terms(site()).days(kind),
    }
