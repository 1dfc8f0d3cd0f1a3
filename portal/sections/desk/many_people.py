"""Accounts disabled or enabled many at once: a thousand of a spammer's are not opened one by one."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.access import ADMIN, needs, person
from portal.frame.asked import numbers
from portal.frame.door import private
from portal.sections.desk import service
from portal.sections.desk.people_views import LONGEST_REASON, people_page
from portal.sections.desk.views import blueprint


@blueprint.post("/people/")
@needs(ADMIN)
def activate_many() -> str | tuple[str, int]:
    """Disable the ticked accounts, or all of the page, or enable them again."""
    told, admin = request.form, person()
    ids = numbers("listed" if told.get("which") == "page" else "user", service.PAGE)
    reason = told.get("reason", "").strip()[:LONGEST_REASON]
    if not ids:
        return people_page(_("还没有勾选账号。")), 422
    if not reason or admin is None:
        return people_page(_("还没有更改：请写明理由，它会记进操作记录。")), 422
    with private().storage.session() as session:
        count = service.set_active_many(session, admin.id, ids, told.get("active") == "1", reason)
    return people_page(done=ngettext("已更改 %(num)s 个账号。", "已更改 %(num)s 个账号。", count))
