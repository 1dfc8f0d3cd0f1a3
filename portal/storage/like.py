"""Texts of people within LIKE."""

from __future__ import annotations


def literally(text: str) -> str:
    r"""A text as LIKE takes it literally, with a backslash as its escape.

    >>> print(literally("50%_a\\"))
    50\%\_a\\
    """
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
