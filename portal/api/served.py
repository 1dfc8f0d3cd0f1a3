"""Which collection a request is about."""

from __future__ import annotations

from starlette.requests import Request

from portal.api.answers import ApiError
from portal.published import Published, PublishedCollection


def collection_of(request: Request) -> tuple[Published, PublishedCollection]:
    """What is published, and the collection that the address names; ApiError names those there are."""
    published: Published = request.app.state.published
    found = published.collection(request.path_params["collection"])
    if found is None:
        names = "、".join(c.name for c in published.collections())
        raise ApiError(404, "没有这个数据集。", f"现有的数据集：{names}。")
    return published, found
