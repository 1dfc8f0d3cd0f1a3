"""Error pages: what went wrong and what to do, never a traceback."""

from __future__ import annotations

from flask import Flask, render_template
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from portal.frame import missing, unkept

WHAT = {
    403: (_("没有这项权限"), _("请用有权限的账号登录，或者从本站的网页进入。")),
    404: (_("没有这个页面"), _("网址可能写错了，或者这一项还没有收录。")),
    405: (_("这个网址不接受这种请求"), _("请从链接进入，不要改变请求方式。")),
    410: (_("这一项已经撤下"), _("它的编号不会再用于别的内容。")),
    429: (_("做得太频繁了"), _("请过一会儿再试。")),
    500: (_("网站出了差错"), _("不是您的操作造成的。请稍后再试；若仍然如此，请把网址告诉我们。")),
}
STALE = (_("这个表单已经过期"), _("请先复制写好的内容，再退回上一页，刷新后重新提交。"))
OTHER = (_("这个请求无法完成"), _("请检查网址后再试。"))


def install(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(HTTPException, _page)
    unkept.install(app)


def _page(error: HTTPException) -> tuple[str, int, dict[str, str]]:
    if isinstance(error, missing.AbsentError):
        return missing.page(error)
    code = error.code or 500
    title, advice = STALE if isinstance(error, CSRFError) else WHAT.get(code, WHAT[500] if code >= 500 else OTHER)
    page = render_template("error.html", code=code, what=title, advice=advice, detail=_detail(error))
    return page, code, _headers(error)


def _headers(error: HTTPException) -> dict[str, str]:
    """What programs go by: other methods, or when to come back."""
    allowed, wait = getattr(error, "valid_methods", None), getattr(error, "retry_after", None)
    methods = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    return methods | ({"Retry-After": str(wait)} if isinstance(wait, int) else {})


def _detail(error: HTTPException) -> str | None:
    """A sentence that our own code gave; those of the library are English and say nothing more."""
    ours = error.description != type(error).description and not isinstance(error, CSRFError)
    return error.description if ours else None
