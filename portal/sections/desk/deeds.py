"""What the log calls what was done."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from portal.sections.participation.words import ACTIONS

ROOMS = {
    "account": _("账号"),
    "second_factor": _("第二重验证"),
    "passkey": _("通行密钥"),
    "post": _("帖子"),
    "thread": _("讨论"),
    "member": _("发言"),
    "request": _("来件"),
    "consultation": _("意见征集"),
    "release": _("发布"),
    "mail": _("邮件"),
}
"""What is before the dot of an action."""
DEEDS: dict[str, Any] = {
    "account.register": _("注册"),
    "account.register_again": _("有人用这个账号的邮箱或用户名再次注册"),
    "account.confirm": _("确认邮箱"),
    "account.login": _("登录"),
    "account.login_failed": _("登录失败"),
    "account.logout": _("退出登录"),
    "account.end_logins": _("退出其他所有登录"),
    "account.second_step": _("通过第二重验证"),
    "account.second_step_failed": _("第二重验证失败"),
    "account.reset": _("重设密码"),
    "account.password": _("修改密码"),
    "account.mail": _("更换邮箱"),
    "account.name": _("修改用户名"),
    "account.letter": _("发出账号邮件"),
    "account.add": _("添加账号"),
    "account.roles": _("更改权限"),
    "account.disable": _("停用账号"),
    "account.enable": _("恢复账号"),
    "account.leave": _("注销账号"),
    "second_factor.on": _("开启或更换验证器应用"),
    "second_factor.off": _("关闭验证器应用"),
    "second_factor.reset": _("取消第二重验证"),
    "passkey.add": _("添加通行密钥"),
    "passkey.remove": _("删除通行密钥"),
    "post.approve": _("审核通过"),
    "post.reject": _("退回帖子"),
    "post.reopen": _("放回审核队列"),
    "post.hide": _("隐藏帖子"),
    "post.hide_wording": _("隐藏帖子的旧稿"),
    "post.restore": _("恢复帖子"),
    "post.report": _("举报帖子"),
    "post.dismiss": _("举报不成立"),
    "thread.hide": _("隐藏讨论"),
    "thread.restore": _("恢复讨论"),
    "thread.lock": _("锁定讨论"),
    "thread.unlock": _("解锁讨论"),
    "thread.pin": _("置顶讨论"),
    "thread.unpin": _("取消置顶"),
    "thread.move": _("移动讨论"),
    "member.trust": _("以后不必审核"),
    "member.distrust": _("恢复审核"),
    "member.mute": _("停止发言"),
    "member.unmute": _("恢复发言"),
    **{f"request.{step}": words for step, words in ACTIONS.items()},
    "consultation.open": _("开始征集意见"),
    "consultation.change": _("修改征集"),
    "consultation.result": _("公布征集结果"),
    "release.look": _("试算下一版"),
    "release.start": _("发布新版"),
    "mail.refused": _("邮件被退回，不再发送"),
    "mail.given_up": _("邮件一直发不出去，已放弃"),
}
"""Every action that the log knows."""


def deed(action: str) -> str:
    """What an action is called."""
    return str(DEEDS.get(action, action))


def choices() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Every action under its room, as the form of the log offers them."""
    return [
        (f"{room}.", str(title), [(a, str(words)) for a, words in DEEDS.items() if a.startswith(f"{room}.")])
        for room, title in ROOMS.items()
    ]
