"""Messages to those who sent a request, in the language that they sent it in.

What they wrote is never in them, as anybody may have given their address.
"""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from portal import mail
from portal.mail.reader import Reader
from portal.participation.kinds import KINDS
from portal.participation.terms import Terms
from portal.storage.participation import CitizenRequest

_NEWS = {
    "take": _("您提交的%(kind)s已开始办理。"),
    "forward": _("您提交的%(kind)s已由审核员转交编辑核实。"),
    "send_back": _("编辑核实后退回审核，您提交的%(kind)s仍在办理。"),
    "accept": _("您提交的%(kind)s已采纳，更正将随下一版数据发布，发布后再告诉您。"),
    "release": _("您提交的%(kind)s已随新的一版发布，办理完毕。"),
    "answer": _("您提交的%(kind)s已办结，答复见办理页。"),
    "refuse": _("您提交的%(kind)s已经办结：%(refused)s。理由见办理页。"),
    "reopen": _("您提交的%(kind)s重新办理。"),
    "ask": _("办理您提交的%(kind)s时需要您补充一些情况，请到办理页查看并补充。"),
}
"""What a step is told as; steps that are not named here are told to nobody."""


def receipt(session: Session, found: CitizenRequest, terms: Terms) -> None:
    """That a request was taken."""
    reader = Reader.of(terms.site, found.language)
    with reader.addressed():
        told = gettext("您提交的%(kind)s已经收到。", kind=terms.title(found.kind, reader.language))
        if terms.days(found.kind):
            told += gettext("承诺在 %(day)s 之前答复。", day=found.due_on.isoformat())
        _write(session, found, terms, reader, gettext("已收到"), told)


def news(session: Session, found: CitizenRequest, terms: Terms, action: str) -> None:
    """That a step was taken."""
    if action not in _NEWS:
        return
    reader = Reader.of(terms.site, found.language)
    with reader.addressed():
        names = {"kind": terms.title(found.kind, reader.language), "refused": KINDS[found.kind].refused}
        told = str(_NEWS[action]) % names
        more = "\n" + gettext("见 %(url)s", url=reader.address(_release(found))) if action == "release" else ""
        _write(session, found, terms, reader, gettext("有新进展"), told + more)


def _release(found: CitizenRequest) -> str:
    return f"/releases/{found.collection}/{found.released_version}/"


def _write(session: Session, found: CitizenRequest, terms: Terms, reader: Reader, what: str, told: str) -> None:
    if not found.mail or not found.wants_mail:
        return
    here, track = (reader.address(f"/participation/{path}") for path in (f"requests/{found.number}", "track"))
    lines = (
        told,
        gettext("编号：%(number)s", number=found.number),
        gettext("办理情况：%(url)s", url=here),
        gettext("补充情况、看答复全文：%(url)s（凭编号和提交时给您的查询码；本站不会来信索要查询码）", url=track),
        f"—— {reader.title}",
        gettext("如果您没有提交过，是别人误写了您的邮箱，不必理会。"),
    )
    kind = terms.title(found.kind, reader.language)
    subject = gettext("%(what)s：%(kind)s %(number)s", what=what, kind=kind, number=found.number)
    mail.write(session, found.mail, subject, "\n\n".join(lines))
