"""One form for every way of writing the same statement, and the id of a query."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from portal.queries.refusal import QueryRefusedError

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<text>'(?:[^']|'')*'|[xX]'[0-9a-fA-F]*')
    |(?P<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<parameter>[:@$]\w+|\?\d*)
    |(?P<word>[^\W\d]\w*)
    |(?P<sign>\|\||<=|>=|<>|!=|==|<<|>>|->>|->|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PARAMETER = re.compile(r"[:@$](\w+)")
ID_LENGTH = 16


def tokens(sql: str) -> Iterator[tuple[str, str]]:
    """The kind and the text of each token, spaces and comments left out; words in lower case."""
    for match in _TOKEN.finditer(sql):
        kind = str(match.lastgroup)
        if kind != "space":
            yield kind, match[0].lower() if kind == "word" else match[0]


def normalised(sql: str) -> str:
    """The statement spaced in one way, without comments and end sign, words in lower case.

    >>> normalised("SELECT  t.Name,count( * ) FROM target t -- alle\\n WHERE unit='Mio' ;")
    "select t.name, count (*) from target t where unit = 'Mio'"
    """
    found = [text for _, text in tokens(sql)]
    while found and found[-1] == ";":
        found.pop()
    return "".join(
        text if _joined(before, text) else f" {text}" for before, text in zip(["", *found], found, strict=False)
    )


def _joined(before: str, text: str) -> bool:
    """Whether no space stands between two tokens."""
    return before in ("", "(", ".") or text in (",", ")", ".")


def parameters_of(sql: str, given: Mapping[str, str]) -> dict[str, str]:
    """The parameters that a statement names; QueryRefusedError where one is not given.

    >>> parameters_of("select :a, ':b'", {"a": "1", "_shape": "x"})
    {'a': '1'}
    """
    named = [m[1] for kind, text in tokens(sql) if kind == "parameter" and (m := _PARAMETER.fullmatch(text))]
    missing = sorted(set(named) - given.keys())
    if missing or any(text.startswith("?") for kind, text in tokens(sql) if kind == "parameter"):
        raise QueryRefusedError(f"参数 {'、'.join(missing) or '?'} 没有给值：请写作 :名称 并给出值。")
    return {name: given[name] for name in sorted(set(named))}


def query_id(normal: str, parameters: Mapping[str, str], collection: str, version: str) -> str:
    """The id of a query: sixteen hexadecimal digits."""
    told = json.dumps([normal, dict(sorted(parameters.items())), collection, version], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:ID_LENGTH]


def check_order(sql: str) -> None:
    """Refuse `limit` without `order by` beside it: which rows it leaves would be chance.

    >>> check_order("select * from (select a from b order by a limit 1)")
    >>> check_order("select a from b limit 1")
    Traceback (most recent call last):
    portal.queries.refusal.QueryRefusedError: 语句写了 limit 而没有 order by，取哪几行没有定准：请加上 order by 再引用。
    """
    ordered = [False]
    for _, text in tokens(sql):
        if text == "(":
            ordered.append(False)
        elif text == ")" and len(ordered) > 1:
            ordered.pop()
        elif text == "order":
            ordered[-1] = True
        elif text == "limit" and not ordered[-1]:
            raise QueryRefusedError("语句写了 limit 而没有 order by，取哪几行没有定准：请加上 order by 再引用。")
