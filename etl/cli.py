"""The command line: `python -m etl`. Each command is loaded only when it is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from etl.failures import sentence

COMMANDS = (
    *("capture", "extract", "build", "check", "review", "correct"),
    *("release", "releases", "rollback", "prune", "redact", "verify"),
)
FAILED, MISUSED, INTERRUPTED = 1, 2, 130


class Interrupted(Exception):  # noqa: N818 - a person's wish, not a fault
    """Stopped by Ctrl-C; the message says what was kept."""


class _Commands(click.Group):
    """The commands of `etl/commands/`, by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            raise click.UsageError(f"没有命令 {cmd_name}，有 {'、'.join(COMMANDS)}", ctx)
        command: click.Command = import_module(f"etl.commands.{cmd_name}").command
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """把政府公文整理成数据：收录、识读、更正、检查、发布。

    Turns government notices into data: capture, read, correct, check, publish.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command; failures are one sentence on standard error and an exit code."""
    try:
        sys.exit(cli.main(arguments, prog_name="python -m etl", standalone_mode=False) or 0)
    except Interrupted as stopped:
        _fail(str(stopped), INTERRUPTED)
    except (KeyboardInterrupt, click.Abort):
        _fail("已中断，没有改动已发布的数据。", INTERRUPTED)
    except click.UsageError as error:
        _fail(f"命令写得不对（{_usage(error)}）：{_help(error)}", MISUSED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FAILED)
    except Exception as error:
        _fail(sentence(error), FAILED)


def _usage(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, click.MissingParameter) and error.param and error.ctx:
        is_option = isinstance(error.param, click.Option)
        return f"缺少 {error.param.opts[-1] if is_option else error.param.make_metavar(error.ctx)}"
    if isinstance(error, click.BadParameter) and error.param:
        return f"{error.param.opts[-1]} 的值不能用"
    message = error.format_message()
    return "参数多了" if message.startswith("Got unexpected extra") else message.rstrip(".")


def _help(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx else "python -m etl"
    return f"用法见 {command} --help。"


def _fail(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)
