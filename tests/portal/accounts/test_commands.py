"""`python -m portal user …`: the way to the first administrator."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from etl.places import ROOT
from portal.private import open_private
from portal.storage.mail import Message
from portal.storage.people import Audit, User


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


def run(var: Path, *arguments: str, given: str = "") -> tuple[int, str, str]:
    environment = {**os.environ, "VAR_DIR": str(var), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "portal", "user", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, input=given)
    return done.returncode, done.stdout, done.stderr


def test_the_first_administrator_is_made_shown_and_can_not_be_lost(var: Path) -> None:
    code, said, _ = run(var, "add", "李明", "li@example.org", "--role", "admin")
    assert code == 0
    assert re.search(r"^http://127\.0\.0\.1:8000/account/reset/\S+$", said, re.MULTILINE)
    assert run(var, "list") == (0, "李明\tli@example.org\tadmin\t正常\n", "")
    for arguments in (("disable", "李明"), ("role", "li@example.org")):
        code, _, why = run(var, *arguments)
        assert (code, why) == (1, "这是唯一的管理员：请先给别人管理员权限，再改这个账号。\n")


def test_roles_are_given_and_taken_and_accounts_disabled_on_record(var: Path) -> None:
    run(var, "add", "李明", "li@example.org")
    assert run(var, "role", "李明", "editor", "moderator")[1] == "李明 现在的权限：editor、moderator。\n"
    assert run(var, "role", "李明")[1] == "李明 现在的权限：成员。\n"
    assert run(var, "disable", "李明")[1] == "李明 已停用，所有登录已退出。\n"
    private = open_private(var / "private")
    with private.storage.session() as session:
        assert [a.action for a in session.query(Audit)] == [
            "account.add",
            "account.roles",
            "account.roles",
            "account.disable",
        ]
        assert session.query(User).one().password.startswith("$argon2id$")
    private.storage.close()


def test_who_lost_the_second_factor_is_let_in_again_also_the_only_administrator(var: Path) -> None:
    run(var, "add", "李明", "li@example.org", "--role", "admin")
    none = "li@example.org 没有开启第二重验证，不用重设。\n"
    assert run(var, "reset-second-factor", "li@example.org") == (1, "", none)
    with opened(var) as session:
        session.query(User).one().tf_primary_method = "authenticator"
    said = "李明 的第二重验证已经取消，所有登录已退出，已给本人发邮件。请本人登录后马上重新设置。\n"
    assert run(var, "reset-second-factor", "李明") == (0, said, "")
    with opened(var) as session:
        last = session.query(Audit).order_by(Audit.audit_id).all()[-1]
        assert (last.action, last.detail) == ("second_factor.reset", "命令行")
        assert [m.recipient for m in session.query(Message)] == ["li@example.org"]


@contextmanager
def opened(var: Path) -> Iterator[Session]:
    private = open_private(var / "private")
    with private.storage.session() as session:
        yield session
    private.storage.close()


def test_a_mistake_is_told_in_a_sentence(var: Path) -> None:
    run(var, "add", "李明", "li@example.org")
    for arguments, why in (
        (("add", "李明", "other@example.org"), "已经有账号"),
        (("add", "李 明", "other@example.org"), "不能做用户名"),
        (("add", "王五", "nomail"), "不是邮箱地址"),
        (("add", "王五", "w@example.org", "--role", "boss"), "没有“boss”这种权限"),
        (("role", "王五", "editor"), "没有用户名或邮箱是“王五”的账号"),
        (("disable",), "命令写得不对"),
    ):
        code, said, told = run(var, *arguments)
        assert (code > 0, said, told.count("\n")) == (True, "", 1), arguments
        assert why in told
