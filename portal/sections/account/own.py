"""A person's own data: taken along as a file, or deleted for good."""

from __future__ import annotations

import json
from datetime import timedelta

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import logout_user
from flask_security.utils import check_and_update_authn_fresh
from werkzeug.wrappers import Response as Answer

from portal import personal
from portal.access import MEMBER, needs
from portal.access.granting import LastAdminError
from portal.frame.door import private
from portal.sections.account.views import blueprint, me
from portal.storage.people import User

INDENT = 2
FRESH, GRACE = timedelta(minutes=15), timedelta(minutes=5)


@blueprint.get("/export")
@needs(MEMBER)
def export() -> Answer:
    """All that is kept about somebody, as JSON: for who has just shown the password."""
    if not check_and_update_authn_fresh(FRESH, GRACE):
        return redirect(url_for("security.verify", next=url_for("account.export")), 303)
    with private().storage.session() as session:
        data = personal.export(session, me().id)
    answer = Response(json.dumps(data, ensure_ascii=False, indent=INDENT, default=str), mimetype="application/json")
    answer.headers["Content-Disposition"] = "attachment; filename=my-data.json"
    return answer


@blueprint.get("/leave")
@needs(MEMBER)
def leave() -> str:
    """What is deleted when somebody leaves, and what stays."""
    return render_template("account/leave.html", wrong=None)


@blueprint.post("/leave")
@needs(MEMBER)
def leave_now() -> Answer | tuple[str, int]:
    """Delete a person's data."""
    user = me()
    if not _knows_password(user, request.form.get("password", "")):
        none = _("这个账号还没有密码。请先在“我的账号”里设一个密码，再来注销。")
        return render_template("account/leave.html", wrong=_("密码不对。") if user.password else none), 422
    try:
        with private().storage.session() as session:
            personal.leave(session, user.id)
    except LastAdminError:
        abort(409, _("您是唯一的管理员。请先把管理员交给别人，再注销账号。"))
    logout_user()
    flash(_("账号已经注销，个人数据已经删除。"), "success")
    return redirect(url_for("security.login"), 303)


def _knows_password(user: User, password: str) -> bool:
    normal = current_app.extensions["security"].password_util.normalize(password)
    return bool(user.verify_and_update_password(normal))
