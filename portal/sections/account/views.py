"""A person's own pages."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.access import MEMBER, STAFF, is_strong, needs, person
from portal.access.current import roles
from portal.accounts.strengthening import strengthen as show_code
from portal.sections.account import service
from portal.storage.people import User

blueprint = Blueprint("account", __name__, url_prefix="/account", template_folder="templates")


@blueprint.get("/")
@needs(MEMBER)
def index() -> str:
    """Who somebody is here, and where they are logged in."""
    user = me()
    return render_template("account/index.html", factors=service.factors(user), **service.shown(user))


@blueprint.get("/second-factor")
@needs(MEMBER)
def second_factor() -> str:
    """What a second factor is for, which ones there are, and how to show one now."""
    return _factors()


@blueprint.post("/second-factor")
@needs(MEMBER)
def strengthen() -> Response | str:
    """Show a code of the authenticator app for the log-in that there is."""
    if show_code(me(), request.form.get("code", "")):
        return redirect(request.form.get("next") or url_for("account.second_factor"), 303)
    return _factors(_("验证码不对，或者已经用过。请等应用显示下一个验证码再试。"))


@blueprint.post("/logins/end")
@needs(MEMBER)
def end_logins() -> Response:
    """Log out everywhere else."""
    service.end_others(me())
    flash(_("其他设备上的登录都已退出。"), "success")
    return redirect(url_for("account.index"), 303)


def _factors(wrong: str = "") -> str:
    user, staff = me(), bool(roles() & set(STAFF))
    facts = {"factors": service.factors(user), "strong": is_strong(), "staff": staff, "wrong": wrong}
    return render_template("account/second_factor.html", **facts)


def me() -> User:
    """Whoever asks; the guard has seen to it that there is somebody."""
    found = person()
    return found or abort(404)
