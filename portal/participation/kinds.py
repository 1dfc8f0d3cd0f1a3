"""The kinds of requests: what each is called, and in how many working days it is answered unless the site says else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

CORRECTION, DATA, LETTER, DISCLOSURE, COMMENT = "correction", "data", "letter", "disclosure", "comment"


@dataclass(frozen=True)
class Kind:
    """A kind of request; texts are lazily translated."""

    name: str
    title: Any
    about: Any
    refused: Any
    """What its public status is called when it was refused."""
    days: int
    only_official: bool = False
    """Whether only a bureau itself may take it."""


KINDS = {
    kind.name: kind
    for kind in (
        Kind(CORRECTION, _("纠错"), _("指出一格或一行数据的错误"), _("不予更正"), 5),
        Kind(DATA, _("索取数据"), _("想要本站还没有整理的公文或数据"), _("不能提供"), 10),
        Kind(LETTER, _("来信"), _("意见、建议、咨询和投诉"), _("不予受理"), 15),
        Kind(DISCLOSURE, _("依申请公开"), _("申请公开政府信息"), _("不予公开"), 20, only_official=True),
        Kind(COMMENT, _("征集意见"), _("对征集中的草案提意见"), _("没有收入"), 0),
    )
}
WRITTEN = tuple(name for name in KINDS if name != COMMENT)
"""The kinds that stand by themselves; comments belong to a consultation."""
