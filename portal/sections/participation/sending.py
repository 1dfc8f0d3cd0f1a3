"""Takes a form in: what is wrong is said beside what was written, and a number is shown only once it is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from flask import request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from portal import limits
from portal.access import person
from portal.frame.door import private, site
from portal.frame.language import language
from portal.participation import drafts
from portal.participation.cells import Cell
from portal.participation.drafts import Draft
from portal.participation.filing import Desk, DuplicateError, Filed
from portal.participation.terms import Terms

OK, WRONG, TWICE, OFTEN, NOT_KEPT = 200, 422, 409, 429, 503


@dataclass(frozen=True)
class Outcome:
    """What became of a form: taken, or what is wrong by field; the empty name stands for the whole."""

    draft: Draft
    filed: Filed | None = None
    errors: dict[str, str] | None = None
    status: int = OK


def take(kind: str, *, cell: Cell | None = None, consultation_id: int | None = None) -> Outcome:
    """Take the form that was sent."""
    draft = drafts.read(kind, request.form)
    if wrong := drafts.too_long(request.form) | drafts.mistakes(draft) | _moved(cell):
        return Outcome(draft, errors=wrong, status=WRONG)
    if wrong := _too_often(draft):
        return Outcome(draft, errors=wrong, status=OFTEN)
    try:
        return Outcome(draft, _filed(draft, cell, consultation_id))
    except DuplicateError as error:
        return Outcome(draft, errors={"": str(error)}, status=TWICE)
    except SQLAlchemyError:
        words = _("没有存下来：服务器现在写不了数据。您写的都在下面，请过一会儿再提交一次。")
        return Outcome(draft, errors={"": words}, status=NOT_KEPT)


def _filed(draft: Draft, cell: Cell | None, consultation_id: int | None) -> Filed:
    try:
        return _kept(draft, cell, consultation_id)
    except IntegrityError:
        # The same form came twice at once, and the other one was quicker: this finds it.
        return _kept(draft, cell, consultation_id)


def _kept(draft: Draft, cell: Cell | None, consultation_id: int | None) -> Filed:
    who = person()
    if who is not None and draft.wants_mail and not draft.mail:
        draft = replace(draft, mail=who.email)
    desk = Desk(private().secret, Terms(site()))
    how = {"consultation_id": consultation_id, "user_id": who.id if who else None}
    with private().storage.session() as session:
        return desk.file(session, draft, cell=cell, language=language(), **how)


def _moved(cell: Cell | None) -> dict[str, str]:
    """Whether a new release changed the cell while the form was being filled in."""
    seen = request.form.get("seen")
    if cell is None or not cell.column or seen is None or seen.replace("\r\n", "\n") == cell.shown:
        return {}
    return {"proposed_text": _("在您填写时，这一格已改为“%(now)s”，请核对后再提交。", now=cell.shown or _("（空）"))}


def _too_often(draft: Draft) -> dict[str, str]:
    if not limits.allowed("request"):
        return {"": _("从这个地址提交得太多了，请过一小时再试。您写的都在下面。")}
    address = hashlib.sha256(draft.mail.lower().encode()).hexdigest()
    if draft.mail and draft.wants_mail and not limits.allowed("request-mail", address):
        return {"mail": _("今天给这个邮箱的通知已经太多了：请留空，或者明天再提交。")}
    return {}
