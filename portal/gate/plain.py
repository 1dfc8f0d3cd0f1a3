"""Answers of the gate itself: one plain sentence, as a page or as JSON, and nothing of the request in it."""

from __future__ import annotations

import json
from html import escape

from starlette.responses import Response
from starlette.types import Scope

WORDS = {
    400: ("这个请求无法读懂", "网址里有不能用的字符，或者网站名不对。请从首页重新进入。"),
    404: ("没有这个页面", "网址可能写错了，或者这一项还没有收录。请从首页查找。"),
    405: ("这个网址不接受这种请求", "这里的数据只供读取，请用 GET。"),
    408: ("请求没有在时限内发完", "请检查网络后再试。"),
    413: ("提交的内容太大", "请缩短后再提交。"),
    414: ("网址太长", "请缩短查询语句，或下载数据库后在自己的电脑上查询。"),
    429: ("同时提交的查询太多", "请等前一个查询结束后再试。"),
    500: ("网站出了差错", "不是您的操作造成的。请稍后再试；若仍然如此，请把网址告诉我们。"),
    503: ("现在查询的人太多", "请过几秒再试。"),
}
PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{what}</title>
<link rel="stylesheet" href="/static/portal.css">
</head>
<body>
<main id="main" class="wrap">
<div class="narrow">
<h1>{what}</h1>
<p>{advice}</p>
<p><a href="/">回首页</a></p>
</div>
</main>
</body>
</html>
"""


def plain(scope: Scope, status: int, advice: str | None = None, headers: dict[str, str] | None = None) -> Response:
    """The answer to a request that is not let in."""
    what, usual = WORDS[status]
    headers = {"Cache-Control": "no-store", **(headers or {})}
    if wants_json(scope):
        told = {"ok": False, "status": status, "error": f"{what}。", "hint": advice or usual}
        body = json.dumps(told, ensure_ascii=False)
        return Response(body, status, headers, "application/json; charset=utf-8")
    page = PAGE.format(what=escape(what), advice=escape(advice or usual))
    return Response(page, status, headers, "text/html; charset=utf-8")


def wants_json(scope: Scope) -> bool:
    """Whether a program asked: by suffix or by Accept."""
    accept = dict(scope["headers"]).get(b"accept", b"")
    return str(scope["path"]).endswith((".json", ".jsonld", ".csv")) or accept.startswith(b"application/")
