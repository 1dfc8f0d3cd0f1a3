"""The figures of all requests: how many stand where, what is overdue, how long answers took."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.participation.finding import PUBLIC
from portal.participation.kinds import COMMENT
from portal.participation.states import OPEN, State
from portal.storage.paging import count
from portal.storage.participation import CitizenRequest

_R = CitizenRequest


@dataclass(frozen=True)
class Tally:
    """How many requests stand where, how many are overdue, and the median days until one was closed."""

    counts: dict[str, int]
    published: int
    overdue: int
    median_days: float | None

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


def tally(session: Session, today: object) -> Tally:
    """The figures of all requests but spam and comments."""
    counted = (_R.kind != COMMENT, _R.state != State.SPAM)
    by_state = dict(session.execute(select(_R.state, func.count()).where(*counted).group_by(_R.state)).all())
    counts = {shown: sum(by_state.get(s, 0) for s in behind) for shown, behind in PUBLIC.items()}
    published = count(session, select(_R).where(*counted, _R.is_public))
    overdue = count(session, select(_R).where(*counted, _R.state.in_(OPEN), _R.due_on < today))
    return Tally(counts, published, overdue, _median_days(session))


def _median_days(session: Session) -> float | None:
    """Over the last thousand that were answered."""
    closed = (_R.state.in_((State.DONE, State.REFUSED)), _R.kind != COMMENT, _R.closed_at.is_not(None))
    times = session.execute(
        select(_R.received_at, _R.closed_at).where(*closed).order_by(_R.request_id.desc()).limit(1000)
    )
    days = [(end - begin).total_seconds() / 86_400 for begin, end in times if end is not None]
    return round(median(days), 1) if days else None
