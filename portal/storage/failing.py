"""When the database can't be used: what pages can do without, they are shown without."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

FAILURES = (OperationalError, InterfaceError, PoolTimeoutError)
"""The database is away, full or overrun; other errors are mistakes of ours."""
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
log = logging.getLogger("portal.storage")


def spared(otherwise: Callable[[], Any]) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Something that stands beside published data: `otherwise` is what is shown while the database can't be used."""

    def around(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        @functools.wraps(function)
        def asked(*arguments: Asked.args, **named: Asked.kwargs) -> Answer:
            try:
                return function(*arguments, **named)
            except FAILURES as error:
                log.warning("%s is not shown: %s", function.__name__, type(error).__name__)
                shown: Answer = otherwise()
                return shown

        return asked

    return around
