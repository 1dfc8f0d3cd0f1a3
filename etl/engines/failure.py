"""The error of engines, and what to say of a source at which reading had to end."""

from __future__ import annotations

import signal

from etl.engines.limits import MEMORY

_ASK = "文件可能已损坏或内容异常，请另存为普通的网页、DOCX 或 PDF 后再试。"
TOO_LARGE = f"识读占用的内存超过 {MEMORY >> 20} MB 的上限，已中止：{_ASK}"
_TOO_SLOW = f"识读用时超过每件 5 秒、每页 0.2 秒的上限，已中止：{_ASK}"
_CRASHED = f"识读时读取程序意外终止，没有读取：{_ASK}"


class EngineError(Exception):
    """An engine that can't work; the message is a sentence for people."""


def why_it_ended(code: int) -> str:
    """The sentence for a reader's exit code.

    >>> why_it_ended(-signal.SIGPROF) == why_it_ended(-signal.SIGALRM), why_it_ended(-signal.SIGSEGV)[:9]
    (True, '识读时读取程序意外')
    """
    return _TOO_SLOW if code in (-signal.SIGPROF, -signal.SIGALRM) else _CRASHED
