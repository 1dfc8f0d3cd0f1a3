"""Pages of the desk for accounts: looking one up, giving and taking roles, disabling."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import ADMIN, ROLES, STAFF, needs, person
from portal.access.granting import LastAdminError, set_active, set_roles
from portal.accounts.holding import has_second_factor
from portal.accounts.lost_factors import NoFactorError, take_away
from portal.frame.asked import page_number
from portal.frame.door import private
from portal.sections.desk import service
from portal.sections.desk.seeking import STATES, Sought
from portal.sections.desk.views import LONGEST, blueprint
from portal.storage.people import User

LONGEST_REASON = 500
Change = Callable[[Session, int, User, str], None]


@blueprint.get("/people/")
@needs(ADMIN)
def people() -> str:
    """Accounts, by name, address, role or state."""
    return people_page()


@blueprint.get("/people/<int:user_id>")
@needs(ADMIN)
def show(user_id: int) -> str:
    """One account, what it may do, what was done to it."""
    return _page(user_id)


@blueprint.post("/people/<int:user_id>/roles")
@needs(ADMIN)
def give(user_id: int) -> Response | tuple[str, int]:
    """Let an account have the roles that are ticked, and no other ones."""
    wanted = set(request.form.getlist("role")) & set(STAFF)
    return _change(user_id, lambda session, by, user, reason: set_roles(session, by, user, wanted, reason))


@blueprint.post("/people/<int:user_id>/active")
@needs(ADMIN)
def activate(user_id: int) -> Response | tuple[str, int]:
    """Disable an account, or enable it again."""
    active = request.form.get("active") == "1"
    return _change(user_id, lambda session, by, user, reason: set_active(session, by, user, active, reason))


@blueprint.post("/people/<int:user_id>/second-factor")
@needs(ADMIN)
def reset_second_factor(user_id: int) -> Response | tuple[str, int]:
    """Let in again who lost phone and recovery codes; who is in does not need it."""
    if user_id == _asker():
        return _page(user_id, _("还没有更改：不能在这里重设自己的第二重验证，请在自己的账号里更换。")), 422
    return _change(user_id, take_away)


def people_page(wrong: str = "", done: str = "") -> str:
    """The accounts, with what was wrong or done."""
    asked = Sought(request.args.get("q", "").strip()[:LONGEST], request.args.get("role"), request.args.get("state"))
    with private().storage.session() as session:
        shown = {"page_of": service.people(session, asked, page_number()), "asked": asked, "roles": ROLES}
        return render_template("desk/people.html", states=STATES, staff=STAFF, wrong=wrong, done=done, **shown)


def _change(user_id: int, change: Change) -> Response | tuple[str, int]:
    """Do it with a reason; who is changed has to log in again."""
    reason, admin = request.form.get("reason", "").strip()[:LONGEST_REASON], person()
    if not reason or admin is None:
        return _page(user_id, _("还没有更改：请写明理由，它会记进操作记录。")), 422
    try:
        with private().storage.session() as session:
            change(session, admin.id, _account(session, user_id), reason)
    except LastAdminError:
        return _page(user_id, _("还没有更改：这是最后一位管理员，请先给别人管理员的权限。")), 422
    except NoFactorError:
        return _page(user_id, _("还没有更改：这个账号没有开启第二重验证。")), 422
    flash(_("已经更改。这个账号要重新登录。"), "success")
    return redirect(url_for("desk.show", user_id=user_id) if user_id != admin.id else url_for("home.index"), 303)


def _page(user_id: int, wrong: str = "") -> str:
    with private().storage.session() as session:
        user = _account(session, user_id)
        facts = {"roles": STAFF, "has": {r.name for r in user.roles}, "log": service.done_to(session, user)}
        can_reset = has_second_factor(user) and user.id != _asker()
        shown = {"user": user, "wrong": wrong, "written": request.form, "can_reset": can_reset}
        return render_template("desk/person.html", **shown, **facts)


def _asker() -> int | None:
    admin = person()
    return admin.id if admin else None


def _account(session: Session, user_id: int) -> User:
    found = session.get(User, user_id) if user_id < 2**31 else None
    if found is None or found.left_at is not None:
        abort(404, _("没有这个账号，或者已经注销。"))
    return found
