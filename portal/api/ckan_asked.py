"""What a CKAN action is asked for: its parameters, read from the address or the body, and what it works with."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import ASGIApp

from etl.catalogue.record import Catalogue
from portal.published import Published

LARGEST_NUMBER = 2**31


class ActionError(Exception):
    """An action that can't be done; `kind` is CKAN's `__type`, `fields` says which parameters are wrong."""

    def __init__(self, status: int, kind: str, message: str, fields: dict[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.status, self.kind, self.message, self.fields = status, kind, message, fields or {}


class InvalidError(ActionError):
    """A parameter that is missing or wrong."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(409, "Validation Error", message, {name: [message]})


class NotFoundError(ActionError):
    """Something that is not there."""

    def __init__(self, what: str) -> None:
        super().__init__(404, "Not Found Error", f"没有找到：{what}。")


@dataclass(frozen=True)
class Asked:
    """One call: the published data, and the parameters by name."""

    catalogue: Catalogue
    published: Published
    sql: ASGIApp
    client: tuple[str, int]
    given: dict[str, Any]

    def text(self, name: str, usual: str | None = None) -> str:
        """A text; without `usual` it must be given."""
        value = self.given.get(name, usual)
        if value is None or (value == "" and usual is None):
            raise InvalidError(name, f"缺少参数 {name}。")
        if isinstance(value, dict | list):
            raise InvalidError(name, f"参数 {name} 应当是一段文字。")
        return str(value)

    def number(self, name: str, usual: int, most: int = LARGEST_NUMBER) -> int:
        """A whole number from 0; larger ones than `most` are taken for that."""
        value = self.given.get(name, usual)
        text = str(value)
        if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) < 11):
            raise InvalidError(name, f"参数 {name} 应当是不小于 0 的整数。")
        return min(int(text), most)

    def flag(self, name: str, usual: bool = False) -> bool:
        """Yes or no."""
        value = self.given.get(name, usual)
        text = str(value).lower()
        if text not in ("true", "false", "1", "0", "yes", "no"):
            raise InvalidError(name, f"参数 {name} 应当是 true 或 false。")
        return text in ("true", "1", "yes")

    def names(self, name: str) -> list[str]:
        """A list of texts, written as JSON or with commas."""
        value = self.json(name)
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        if not isinstance(value, list | None):
            raise InvalidError(name, f"参数 {name} 应当是一组名称。")
        return [str(part) for part in value or ()]

    def mapping(self, name: str) -> dict[str, Any]:
        """An object, written as JSON."""
        value = self.json(name)
        if value in (None, ""):
            return {}
        if not isinstance(value, dict):
            raise InvalidError(name, f"参数 {name} 应当是 JSON 对象。")
        return value

    def json(self, name: str) -> Any:
        """A value; a text that is JSON is read."""
        value = self.given.get(name)
        if isinstance(value, str) and value.strip()[:1] in ("{", "["):
            try:
                return json.loads(value)
            except (ValueError, RecursionError) as error:
                raise InvalidError(name, f"参数 {name} 不是合写法的 JSON。") from error
        return value


Do = Callable[[Asked], Any | Awaitable[Any]]


@dataclass(frozen=True)
class Parameter:
    """What an action may be asked: its JSON type, what it means, whether it must be given."""

    about: str
    type: str = "string"
    required: bool = False


@dataclass(frozen=True)
class Action:
    """A call of the API: what it does is its function's docstring."""

    do: Do
    parameters: dict[str, Parameter] = field(default_factory=dict)

    @property
    def about(self) -> str:
        """One sentence."""
        return (self.do.__doc__ or "").strip().split("\n")[0]


async def parameters(request: Request) -> dict[str, Any]:
    """The parameters of a request: of its address, and of its body as JSON or as a form."""
    given: dict[str, Any] = {k: v[0] if len(v) == 1 else v for k, v in _grouped(request.query_params.multi_items())}
    body = await request.body()
    if not body.strip():
        return given
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        if "json" in request.headers.get("content-type", ""):
            raise ActionError(400, "Bad Request", "请求的内容不是合写法的 JSON。") from None
        read = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if not isinstance(read, dict):
        raise ActionError(400, "Bad Request", "请求的内容应当是 JSON 对象。")
    return given | read


def _grouped(pairs: list[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return list(grouped.items())
