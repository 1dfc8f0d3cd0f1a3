"""`python -m portal backup` and `restore`."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from etl.places import var_dir
from portal.backup.making import make
from portal.backup.restoring import restore
from portal.storage import database_url


def back_up(target: Path) -> None:
    """Make a backup and say where it is."""
    folder = var_dir() / "private"
    path = make(folder, database_url(folder), target)
    print(f"已备份到 {path}（{path.stat().st_size:,} 字节）。里面有密钥和个人信息：请妥善保管。")
    if os.environ.get("SECRET_KEY"):
        print("SECRET_KEY 由环境变量给出，不在备份里：请另外保管，恢复时要用同一个。")


def put_back(path: Path, discard: bool) -> None:
    """Restore a backup and say what that did; what was there is kept beside it, unless it is to be thrown away."""
    folder = var_dir() / "private"
    aside = None if discard else path.parent / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}Z.zip"
    done = restore(folder, database_url(folder), path, aside)
    print(f"已恢复到 {done.made_at} 的备份。")
    if aside and aside.exists():
        print(f"恢复以前的数据另存在 {aside}：不再需要时请删去。")
    if done.deleted_again:
        print(f"备份以后注销的 {done.deleted_again} 个账号已再次删除。")
    if "release.key" in done.changed:
        print("签名用的密钥 release.key 与备份里的不同，保留了现有的。")
    print("正在运行的网站已经看到恢复的数据；请重新启动它，使密钥也一致。")
