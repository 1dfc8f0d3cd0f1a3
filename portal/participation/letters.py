"""Messages to those who sent a request: what they wrote is never in them, as anybody may have given their address."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal import mail
from portal.participation.terms import Terms
from portal.storage.participation import CitizenRequest

_NEWS = {
    "take": "已开始办理。",
    "forward": "已由审核员转交编辑核实。",
    "send_back": "编辑核实后退回审核，仍在办理。",
    "accept": "已采纳，更正将随下一版数据发布，发布后再告诉您。",
    "release": "已随新的一版发布，办理完毕。",
    "answer": "已办结，答复见办理页。",
    "refuse": "已核实，不予采纳，理由见办理页。",
    "reopen": "重新办理。",
    "ask": "办理时需要您补充一些情况，请到办理页查看并补充。",
}
"""What a step is told as; steps that are not named here are told to nobody."""


def receipt(session: Session, found: CitizenRequest, terms: Terms) -> None:
    """That a request was taken."""
    until = f"承诺在 {found.due_on.isoformat()} 之前答复。" if terms.days(found.kind) else ""
    _write(session, found, terms, "已收到", f"您提交的{terms.title(found.kind)}已经收到。{until}")


def news(session: Session, found: CitizenRequest, terms: Terms, action: str) -> None:
    """That a step was taken."""
    if action not in _NEWS:
        return
    more = f"\n见 {terms.address(_release(found))}" if action == "release" else ""
    _write(session, found, terms, "有新进展", f"您提交的{terms.title(found.kind)}{_NEWS[action]}{more}")


def _release(found: CitizenRequest) -> str:
    return f"/releases/{found.collection}/{found.released_version}/"


def _write(session: Session, found: CitizenRequest, terms: Terms, what: str, told: str) -> None:
    if not found.mail or not found.wants_mail:
        return
    lines = (
        told,
        f"编号：{found.number}",
        f"办理情况：{terms.address(f'/participation/requests/{found.number}')}",
        f"补充情况、看答复全文：{terms.address('/participation/track')}（凭编号和提交时给您的查询码；本站不会来信索要查询码）",
        f"—— {terms.site.title}",
        "如果您没有提交过，是别人误写了您的邮箱，不必理会。",
    )
    mail.write(session, found.mail, f"{what}：{terms.title(found.kind)} {found.number}", "\n\n".join(lines))
