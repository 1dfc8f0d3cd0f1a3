"""The secret that signs cookies and tokens: from SECRET_KEY, else made once and kept in `var/private/`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FILE = "secret.key"
SHORTEST, FEWEST_SIGNS = 32, 10
ADVICE = "请删去它（网站会自己生成一个），或写一个用 python -c 'import secrets; print(secrets.token_hex(32))' 生成的。"


class WeakSecretError(Exception):
    """A secret that could be guessed; the message is a sentence for people."""


def secret(folder: Path) -> str:
    """The secret of this deployment; WeakSecretError where SECRET_KEY could be guessed."""
    given = os.environ.get("SECRET_KEY")
    return _checked(given) if given is not None else _kept(folder / FILE)


def _checked(given: str) -> str:
    if len(given) < SHORTEST or len(set(given)) < FEWEST_SIGNS:
        raise WeakSecretError(f"SECRET_KEY 太弱（不足 {SHORTEST} 个字符，或只有几种字符），网站不启动。{ADVICE}")
    return given


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _checked(path.read_text("ascii").strip())
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    return path.read_text("ascii")
