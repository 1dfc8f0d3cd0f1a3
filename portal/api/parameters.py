"""What a table is asked for: `?year=2017` filters; `_limit`, `_offset` and `_order` page and sort."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from portal.api.answers import ApiError

KNOWN = ("_limit", "_offset", "_order", "_excel")
MOST = 2**53


@dataclass(frozen=True)
class Asked:
    """Filters, order and page of a request for a table."""

    filters: dict[str, str]
    order: str | None
    limit: int | None
    offset: int
    excel: bool

    @property
    def whole(self) -> bool:
        """Whether the whole table is asked for, as it was released."""
        return not (self.filters or self.order or self.offset or self.excel) and self.limit is None


def asked(request: Request) -> Asked:
    """The parameters of a request; ApiError where one is unknown, given twice or no number."""
    given = request.query_params
    for name, _ in given.multi_items():
        if name.startswith("_") and name not in KNOWN:
            raise ApiError(400, f"不认识的参数 {name[:40]}。", f"可用的参数有 {'、'.join(KNOWN)}，以及用作筛选的列名。")
        if len(given.getlist(name)) > 1:
            raise ApiError(400, f"参数 {name[:40]} 只能写一次。", "每一列只能按一个值筛选。")
    filters = {k: v for k, v in given.items() if not k.startswith("_")}
    limit = whole_number(request, "_limit")
    return Asked(filters, given.get("_order") or None, limit, whole_number(request, "_offset") or 0, "_excel" in given)


def whole_number(request: Request, name: str) -> int | None:
    """A parameter that is a whole number from 0; `None` where it is not given."""
    text = request.query_params.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 17 and int(text) <= MOST):
        raise ApiError(400, f"参数 {name} 应当是不小于 0 的整数。", f"例如 {name}=100。")
    return int(text)
