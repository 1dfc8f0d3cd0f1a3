"""An entry of the log in words: what it was done to, and what is kept besides."""

from __future__ import annotations

import re

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from portal.frame.addresses import page
from portal.participation.kinds import KINDS
from portal.sections.participation.words import kind_title
from portal.storage.people import Audit

ROLE_NAMES = {"moderator": _("版主"), "editor": _("编辑"), "admin": _("管理员")}
LETTERS = {
    "welcome": _("请确认邮箱，完成注册"),
    "welcome_existing": _("告知邮箱已有账号"),
    "welcome_existing_username": _("告知用户名已有人用"),
    "confirmation_instructions": _("请确认邮箱"),
    "reset_instructions": _("设新密码"),
    "reset_notice": _("告知密码已经重设"),
    "change_notice": _("告知密码已经修改"),
    "change_email_instructions": _("请确认新邮箱"),
    "change_username_notice": _("告知用户名已经修改"),
}
"""Letters about accounts, by their templates."""
FACTORS = {"password": _("密码"), "code": _("验证码"), "passkey": _("通行密钥")}
_CHANGED = re.compile(r"(?<!\S)([+-])(moderator|editor|admin)(?=[\s:])")
_NUMBERED = {"account": _("账号 %(id)s"), "message": _("邮件 %(id)s")}
_FORUM = {"/forum/posts/": _("帖子 %(id)s"), "/forum/threads/": _("讨论 %(id)s")}


def done_to(entry: Audit) -> tuple[str, str]:
    """What something was done to, and where to see it; no address where there is nothing to see."""
    kind, _colon, number = entry.about.partition(":")
    if entry.action.startswith("member.") and number.isdigit():
        # Moderators read of members, administrators of accounts.
        return str(_NUMBERED["account"]) % {"id": number}, url_for("moderation.member", user_id=int(number))
    if kind in _NUMBERED and number.isdigit():
        link = url_for("desk.show", user_id=int(number)) if kind == "account" else ""
        return str(_NUMBERED[kind]) % {"id": number}, link
    for start, words in _FORUM.items():
        if entry.about.startswith(start):
            return str(words) % {"id": entry.about.removeprefix(start)}, page(entry.about)
    if entry.action.startswith("request."):
        return entry.about, url_for("handling.show", number=entry.about)
    if entry.action.startswith("consultation.") and entry.about.isdigit():
        link = url_for("participation.consultation", consultation_id=int(entry.about))
        return gettext("征集 %(id)s", id=entry.about), link
    return entry.about, ""


def meant(words: str) -> str:
    """What the log calls what is named in words: `account:12` for `账号 12`, or for `Account 12` on English pages."""
    names = {"account:": _NUMBERED["account"], "message:": _NUMBERED["message"], **_FORUM}
    for start, title in names.items():
        before = (str(title) % {"id": ""}).strip()
        number = words.strip().removeprefix(before).strip()
        if words.strip() != number and number.isdecimal():
            return f"{start}{number}"
    return words


def detail(entry: Audit) -> str:
    """What the log keeps besides, in words where it is a code."""
    codes = {"account.letter": LETTERS, "account.second_step_failed": FACTORS}.get(entry.action, {})
    if entry.detail in codes:
        return str(codes[entry.detail])
    if entry.action == "request.file" and entry.detail in KINDS:
        return kind_title(entry.detail)
    if entry.action == "account.roles":
        return _CHANGED.sub(lambda found: f"{found[1]}{ROLE_NAMES[found[2]]}", entry.detail)
    return entry.detail
