"""PostgreSQL's own programs for dumps: found, told where the database is, their failures in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL

from portal.backup.errors import BackupError

FOLDERS = "/usr/lib/postgresql"
LOCKS = "-c lock_timeout=20s"


def run(program: str, url: URL, *arguments: str) -> None:
    """Run one of them on a database; the password is not among the arguments, which others can see."""
    password = {"PGPASSWORD": url.password} if url.password else {}
    environment = {**os.environ, **password, "PGOPTIONS": LOCKS, "LC_ALL": "C"}
    command = [_found(program), "--dbname", conninfo(url), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "error:" in line), done.stderr.strip())
        raise BackupError(f"{program} 没有成功（{said[:300]}）：请检查 DATABASE_URL、账号的权限和 {program} 的版本。")


def conninfo(url: URL, with_password: bool = False) -> str:
    """Where a database is, as libpq wants it."""
    own = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    query = {k: v if isinstance(v, str) else ",".join(v) for k, v in url.query.items()}
    password = {"password": url.password} if with_password else {}
    return make_conninfo("", **{k: v for k, v in {**own, **password, **query}.items() if v is not None})


def _found(program: str) -> str:
    newest_first = sorted(Path(FOLDERS).glob(f"*/bin/{program}"), key=lambda p: int(p.parts[-3]), reverse=True)
    found = shutil.which(program) or next(map(str, newest_first), None)
    if found is None:
        raise BackupError(f"没有找到 {program}：请安装 PostgreSQL 的客户端程序（Debian：postgresql-client）。")
    return found
