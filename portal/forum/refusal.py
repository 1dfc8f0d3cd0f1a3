"""Why something is not taken, in a sentence with what to do next."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

REASONS: dict[str, Any] = {
    "empty": _("还没有写内容。请写上再提交。"),
    "no_title": _("还没有写标题。请用一句话说明要讨论什么。"),
    "long": _("内容超过 20,000 个字。请缩短，或分成几帖。"),
    "marks": _("格式符号（* _ ~ [ ] | 等）太多了。请减少一些，或分成几帖。"),
    "long_title": _("标题超过 100 个字。请缩短。"),
    "control": _("内容里有不能显示的控制字符，已经去掉。请核对后再提交。"),
    "deep": _("引用或列表套得太深。请减少层数。"),
    "no_board": _("没有这个版块。请从列表里选一个。"),
    "locked": _("这个讨论已经锁定，不再接受回复。"),
    "gone": _("这一帖已经隐藏或删除，不能再改。"),
    "muted": _("您的账号被暂停发言。有异议请给我们写信。"),
    "unconfirmed": _("请先点确认邮件里的链接，再来发帖。"),
    "unchanged": _("内容没有改动。"),
    "flood": _("发得太快了。请等一分钟再提交，您写的内容还在下面。"),
    "hourly": _("这一小时里发得太多了。请过一会儿再提交，您写的内容还在下面。"),
    "first_threads": _("新成员在第一天里最多开 3 个讨论。请明天再发，或在已有的讨论里回复。"),
    "first_replies": _("新成员在第一天里最多回复 10 次。请明天再发。"),
    "thread_replies": _("新成员在一个讨论里最多回复 3 次。请等别人回应，或修改已发的帖子。"),
    "many_links": _("新成员每帖最多放 2 个外部链接。请去掉一些；本站数据的链接不限。"),
    "duplicate": _("同样的内容已经发过了。请勿重复提交。"),
    "own_report": _("不能举报自己的帖子；可以直接修改或删除。"),
    "reports": _("今天举报得太多了。请明天再举报，或给我们写信。"),
    "no_reason": _("请写明理由。"),
    "staff": _("这是工作人员的账号。要停止其发言或隐藏其帖子，请找系统管理员。"),
    "wording": _("只有公开过、后来又改了的一稿可以隐去。现在的一稿不妥，请隐藏这一帖。"),
}
HURRIED = frozenset({"flood", "hourly", "first_threads", "first_replies", "thread_replies", "reports"})
"""Too often, too soon: the same may be taken later."""


class RefusedError(Exception):
    """Something that is not taken; `code` is a key of REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        """Why, for whoever wrote it."""
        return str(REASONS[self.code])

    @property
    def is_hurried(self) -> bool:
        """Whether it may be taken later."""
        return self.code in HURRIED
