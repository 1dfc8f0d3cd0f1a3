"""What `python -m portal user` does: the only way to the first administrator."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask_security import hash_password, naive_utcnow
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from etl.declaration import DeclarationError
from etl.places import releases_dir, site_file, var_dir
from etl.site import load_site
from portal import audit
from portal.access import granting
from portal.accounts.identities import find
from portal.accounts.letters import link
from portal.accounts.lost_factors import NoFactorError, take_away
from portal.accounts.people import sessions
from portal.limits import LimitsError
from portal.mail import MailError
from portal.private import PrivateError, open_private
from portal.published import Published
from portal.secret import WeakSecretError
from portal.storage import StorageError
from portal.storage.people import User

REASON = "命令行"


class CommandError(Exception):
    """Why a command can't be done; the message is a sentence for people."""


@contextmanager
def opened() -> Iterator[Flask]:
    """The app as it is served, in whose context the commands work."""
    from portal.app import create_app

    try:
        site, private = load_site(site_file()), open_private(var_dir() / "private")
        app = create_app(Published(releases_dir()), site, private)
    except (DeclarationError, StorageError, PrivateError, WeakSecretError, MailError, LimitsError) as error:
        raise CommandError(str(error)) from error
    try:
        with app.test_request_context(base_url=site.address):
            yield app
    except granting.LastAdminError as error:
        raise CommandError("这是唯一的管理员：请先给别人管理员权限，再改这个账号。") from error
    finally:
        private.storage.close()


def add(app: Flask, name: str, mail: str, roles: set[str], ask_password: bool) -> None:
    """Make an account that is confirmed; say by which link its owner chooses a password, or ask for one."""
    security, session = app.extensions["security"], sessions()()
    named, address = _name(security, name), _address(security, mail)
    password = _asked(security, named, address) if ask_password else secrets.token_urlsafe(32)
    user = security.datastore.create_user(
        username=named, email=address, password=hash_password(password), confirmed_at=naive_utcnow()
    )
    try:
        session.flush()
    except IntegrityError as error:
        raise CommandError(f"用户名“{named}”或邮箱 {address} 已经有账号，或者用户名和别人的太像。请换一个。") from error
    audit.note(session, None, "account.add", audit.account(user.id), REASON)
    granting.set_roles(session, None, user, roles, REASON)
    session.commit()
    print(f"已添加账号 {named}。" + ("" if ask_password else _invited(user)))


def set_roles(name: str, roles: set[str]) -> None:
    """Let an account have these roles and no other ones."""
    user = _found(name)
    granting.set_roles(sessions()(), None, user, roles, REASON)
    sessions().commit()
    print(f"{user.username} 现在的权限：{'、'.join(sorted(roles)) or '成员'}。")


def set_active(name: str, active: bool) -> None:
    """Disable an account, or enable it again."""
    user = _found(name)
    granting.set_active(sessions()(), None, user, active, REASON)
    sessions().commit()
    print(f"{user.username} 已{'恢复' if active else '停用，所有登录已退出'}。")


def reset_second_factor(name: str) -> None:
    """Let in again who lost phone and recovery codes, also the only administrator."""
    user = _found(name)
    try:
        take_away(sessions()(), None, user, REASON)
    except NoFactorError as error:
        raise CommandError(f"{name} 没有开启第二重验证，不用重设。") from error
    sessions().commit()
    print(f"{user.username} 的第二重验证已经取消，所有登录已退出，已给本人发邮件。请本人登录后马上重新设置。")


def show() -> None:
    """Every account in a line."""
    users = sessions().scalars(select(User).where(User.left_at.is_(None)).order_by(User.id))
    for user in users.unique():
        print("\t".join([str(user.username), str(user.email), _roles(user), _state(user)]))


def _name(security: Any, name: str) -> str:
    wrong, named = security.username_util.validate(name)
    if wrong or named is None:
        raise CommandError(f"“{name}”不能做用户名。{wrong or ''}")
    return str(named)


def _address(security: Any, mail: str) -> str:
    try:
        return str(security.mail_util.validate(mail))
    except ValueError as error:
        raise CommandError(f"“{mail}”不是邮箱地址：请写成 name@example.org 这样。") from error


def _asked(security: Any, name: str, address: str) -> str:
    given = getpass.getpass("密码：")
    wrong, normal = security.password_util.validate(given, True, username=name, email=address)
    if wrong:
        raise CommandError(wrong[0])
    if getpass.getpass("再写一遍：") != given:
        raise CommandError("两次输入的密码不一样。请重新运行。")
    return str(normal)


def _invited(user: User) -> str:
    address = link("reset_password", generate_reset_password_token(user))
    return f"请在 10 分钟内打开下面的链接设密码（网站要在运行；过期了可在网站上用“忘记密码”）：\n{address}"


def _found(name: str) -> User:
    user = find(name)
    if user is None:
        raise CommandError(f"没有用户名或邮箱是“{name}”的账号。请用 python -m portal user list 查看。")
    return user


def _roles(user: User) -> str:
    return ",".join(sorted(role.name for role in user.roles)) or "member"


def _state(user: User) -> str:
    if not user.active:
        return "停用"
    return "正常" if user.confirmed_at else "未确认"
