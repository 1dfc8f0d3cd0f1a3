"""Runs commands of `python -m etl` in this process, and keeps what they say."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from etl.cli import main
from tests.conftest import Deployment


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


Etl = Callable[..., Said]


def commanding(deployment: Deployment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Etl:
    """A function that runs a command on a deployment."""
    monkeypatch.setenv("DATASETS_DIR", str(deployment.datasets))
    monkeypatch.setenv("VAR_DIR", str(deployment.var))

    def run(*arguments: str, stdin: bytes = b"") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        code = ended.value.code
        return Said(code if isinstance(code, int) else 1, *capsys.readouterr())

    return run
