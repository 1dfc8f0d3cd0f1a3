"""`python -m portal serve`: the site on one port; and care for its own data."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import NoReturn

from etl.declaration import DeclarationError
from etl.places import releases_dir, site_file
from portal import user_commands

HIGHEST_PORT = 65_535


def main() -> None:
    """Run a command; what goes wrong is said in one sentence, with an exit code that is not 0."""
    asked = _parser().parse_args()
    if asked.command in ("backup", "restore"):
        sys.exit(_backed_up(asked))
    if asked.command == "user":
        sys.exit(user_commands.run(asked))
    # Imported here, as it takes most of a second: a wrong command is told so at once.
    from portal import checking_queries
    from portal.serving import ServingError, serve
    from portal.storage import StorageError

    try:
        if asked.command == "serve":
            serve(releases_dir(), site_file(), asked.host, asked.port, asked.log)
        elif asked.command == "verify-queries":
            sys.exit(0 if checking_queries.verify() else 1)
        else:
            work = checking_queries.export if asked.command == "export-queries" else checking_queries.take_in
            work(asked.file)
    except (ServingError, StorageError, DeclarationError) as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _backed_up(asked: argparse.Namespace) -> int:
    """Make a backup, or restore one; without the server, which takes a second more to load."""
    from portal.backup.commands import back_up, put_back
    from portal.storage import StorageError

    try:
        if asked.command == "backup":
            back_up(asked.target)
        else:
            put_back(asked.file, asked.discard)
    except StorageError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


class _Parser(argparse.ArgumentParser):
    """Says in one Chinese sentence what is wrong with a command."""

    def error(self, message: str) -> NoReturn:
        """Say it, and end."""
        said = re.sub(r"^argument [^:]+: (?=[^\x00-\x7f])", "", message)
        told = said if said != message else f"命令写得不对（{message}）：用法见 python -m portal --help。"
        print(told, file=sys.stderr)
        sys.exit(2)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= HIGHEST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text[:40]}”不是端口：请写 1 至 {HIGHEST_PORT} 之间的整数，例如 --port 8000。")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m portal", description="公文数据网站")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    serve = commands.add_parser("serve", help="在一个端口上提供网站、接口和 SQL 查询")
    serve.add_argument("--host", default="127.0.0.1", help="监听的地址（默认只供本机）")
    serve.add_argument("--port", type=_port, help="端口；不写则用 8000，被占用时顺延")
    serve.add_argument("--log", action="store_true", help="逐条记下请求")
    backup = commands.add_parser("backup", help="备份网站自己的数据：数据库、密钥、待寄的邮件；网站可以照常运行")
    backup.add_argument("target", type=Path, help="备份的文件，或放备份的目录")
    restore = commands.add_parser("restore", help="从备份恢复；先核对，坏的备份不会改动任何东西")
    restore.add_argument("file", type=Path, help="备份的文件")
    restore.add_argument("--discard", action="store_true", help="不另存恢复以前的数据")
    user_commands.add_to(commands)
    commands.add_parser("verify-queries", help="把引用过的查询全部重跑并核对结果")
    for name, told in (("export-queries", "把引用过的查询写进一个文件"), ("import-queries", "收下导出的查询")):
        commands.add_parser(name, help=told).add_argument("file", type=Path)
    return parser


if __name__ == "__main__":
    main()
