"""`python -m portal user …`: how the command is written; what it does is imported only when it is asked for."""

from __future__ import annotations

import argparse
import sys
from typing import Any

STAFF = ("moderator", "editor", "admin")


def add_to(commands: Any) -> None:
    """Add the command and what it can do."""
    user = commands.add_parser("user", help="账号：添加、给予权限、停用、列出；第一个管理员用它产生")
    doing = user.add_subparsers(required=True, metavar="DO", dest="do")
    add = doing.add_parser("add", help="添加一个已确认的账号，打印设密码的链接")
    add.add_argument("name", help="用户名")
    add.add_argument("mail", help="邮箱")
    add.add_argument("--role", type=_role, metavar="ROLE", action="append", default=[], help="工作权限，可以写几次")
    add.add_argument("--ask-password", action="store_true", help="在这里输入密码，不要链接")
    role = doing.add_parser("role", help="让账号正好有这些工作权限；不写权限就全部收回")
    role.add_argument("name", help="用户名或邮箱")
    role.add_argument("roles", nargs="*", type=_role, metavar="ROLE", help="、".join(STAFF))
    for do, told in (("disable", "停用账号，所有登录随即退出"), ("enable", "恢复停用的账号")):
        doing.add_parser(do, help=told).add_argument("name", help="用户名或邮箱")
    reset = doing.add_parser("reset-second-factor", help="手机和恢复码都丢了：取消账号的第二重验证")
    reset.add_argument("name", help="用户名或邮箱")
    doing.add_parser("list", help="列出所有账号")


def run(asked: argparse.Namespace) -> int:
    """Do what is asked; the exit code, after a sentence where it can't be done."""
    from portal.accounts import commands

    try:
        with commands.opened() as app:
            _do(asked, app)
    except commands.CommandError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _do(asked: argparse.Namespace, app: Any) -> None:
    from portal.accounts import commands

    if asked.do == "add":
        commands.add(app, asked.name, asked.mail, set(asked.role), asked.ask_password)
    elif asked.do == "role":
        commands.set_roles(asked.name, set(asked.roles))
    elif asked.do == "reset-second-factor":
        commands.reset_second_factor(asked.name)
    elif asked.do == "list":
        commands.show()
    else:
        commands.set_active(asked.name, asked.do == "enable")


def _role(text: str) -> str:
    if text in STAFF:
        return text
    raise argparse.ArgumentTypeError(f"没有“{text[:40]}”这种权限：请写 {'、'.join(STAFF)} 中的。")
