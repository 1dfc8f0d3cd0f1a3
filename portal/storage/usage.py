"""How often pages were viewed and data used, by day and in total, without a trace of by whom; favourites of members."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CursorResult, Date, ForeignKey, Insert, String, Update, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.storage.base import Base

LONGEST_PATH = 300
SITE = ""
"""Stands where a collection is named for what is counted of the whole site."""


class PageViews(Base):
    """How often a page was viewed since counting began."""

    __tablename__ = "page_views"

    path: Mapped[str] = mapped_column(String(LONGEST_PATH), primary_key=True)
    views: Mapped[int]


class Usage(Base):
    """How often something was done with a collection on a day; `kind` is a name from `portal/usage/kinds.py`."""

    __tablename__ = "usage"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    collection: Mapped[str] = mapped_column(String(100), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    times: Mapped[int]


class Favourite(Base):
    """A page that a member keeps at hand: what it was called and which version was current then."""

    __tablename__ = "favourite"

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    version: Mapped[str] = mapped_column(String(40))
    kept_at: Mapped[datetime]


def add_views(session: Session, views: Mapping[str, int]) -> None:
    """Add to the views of pages; in one order, so that two processes never wait for each other."""
    for path in sorted(views):
        more = update(PageViews).where(PageViews.path == path).values(views=PageViews.views + views[path])
        _add(session, more, insert(PageViews).values(path=path, views=views[path]))


def add_usage(session: Session, usage: Mapping[tuple[date, str, str], int]) -> None:
    """Add to what was used, by day, collection and kind."""
    for key in sorted(usage):
        day, collection, kind = key
        here = (Usage.day == day) & (Usage.collection == collection) & (Usage.kind == kind)
        new = {"day": day, "collection": collection, "kind": kind, "times": usage[key]}
        _add(session, update(Usage).where(here).values(times=Usage.times + usage[key]), insert(Usage).values(new))


def views_of(session: Session, path: str) -> int:
    """How often a page was viewed."""
    return session.scalar(select(PageViews.views).where(PageViews.path == path)) or 0


def times(session: Session, kind: str, day: date | None = None) -> int:
    """How often something was done on the whole site, on a day or since counting began."""
    total = select(func.coalesce(func.sum(Usage.times), 0)).where(Usage.collection == SITE, Usage.kind == kind)
    return int(session.scalar(total if day is None else total.where(Usage.day == day)) or 0)


def usage(session: Session, collection: str | None = None) -> list[Usage]:
    """What was used of a collection, or of all and the site, by day."""
    wanted = select(Usage).order_by(Usage.day, Usage.collection, Usage.kind)
    return list(session.scalars(wanted if collection is None else wanted.where(Usage.collection == collection)))


def _add(session: Session, more: Update, new: Insert) -> None:
    """Add to a row, or make it; another process may make it at the same moment."""
    if _changed(session, more):
        return
    try:
        with session.begin_nested():
            session.execute(new)
    except IntegrityError:
        _changed(session, more)


def _changed(session: Session, statement: Update) -> bool:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return result.rowcount > 0
