"""Takes a request in: once, whole, with its number and its tracking code."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.frame.language import CHINESE
from portal.participation import letters
from portal.participation.cells import Cell
from portal.participation.codes import code_of, hash_of, new_key
from portal.participation.drafts import Draft
from portal.participation.states import CITIZEN, State
from portal.participation.terms import Terms
from portal.storage.clock import local, now
from portal.storage.participation import CitizenRequest, RequestEvent

REMEMBERED = timedelta(days=30)
"""How long the same words are known again."""


class DuplicateError(Exception):
    """The same was sent before; the message is a sentence for people."""


@dataclass(frozen=True)
class Filed:
    """What whoever sent it has to keep."""

    number: str
    code: str
    kind: str
    due_on: date
    is_public: bool = False


@dataclass(frozen=True)
class Desk:
    """What taking requests in needs: the secret that codes follow from, the site's terms."""

    secret: str
    terms: Terms

    def file(
        self,
        session: Session,
        draft: Draft,
        *,
        cell: Cell | None = None,
        consultation_id: int | None = None,
        user_id: int | None = None,
        language: str = CHINESE,
    ) -> Filed:
        """Keep a request. The same form sent again gets the same answer; the same words in another are refused.

        `language` is that of the page on which it was written: letters about it are in that language.
        """
        content = draft.content_hash(_about(cell, consultation_id))
        code = code_of(self.secret, draft.key)
        known = session.scalar(select(CitizenRequest).where(CitizenRequest.code_hash == hash_of(code)))
        if known is not None and known.content_hash == content:
            return _filed(known, code)
        if known is not None:
            code = code_of(self.secret, new_key())
        _refuse_twins(session, content)
        kept = self._new(draft, content, code, user_id)
        kept.consultation_id, kept.language = consultation_id, language
        if cell is not None:
            _point(kept, cell)
        session.add(kept)
        session.flush()
        audit.note(session, user_id, "request.file", kept.number, kept.kind)
        letters.receipt(session, kept, self.terms)
        return _filed(kept, code)

    def _new(self, draft: Draft, content: str, code: str, user_id: int | None) -> CitizenRequest:
        moment = now()
        day = local(moment).date()
        cells = {k: v for k, v in asdict(draft).items() if k != "key"}
        return CitizenRequest(
            **cells,
            state=State.WAITING,
            year=day.year,
            code_hash=hash_of(code),
            content_hash=content,
            received_at=moment,
            changed_at=moment,
            due_on=self.terms.due(draft.kind, day),
            user_id=user_id,
            events=[RequestEvent(at=moment, action="file", role=CITIZEN, user_id=user_id)],
        )


def _about(cell: Cell | None, consultation_id: int | None) -> str:
    if cell is not None:
        return f"{cell.located.published.name}/{cell.row_id}/{cell.column}"
    return f"consultation/{consultation_id}" if consultation_id else ""


def _point(kept: CitizenRequest, cell: Cell) -> None:
    kept.collection, kept.table_name = cell.located.published.name, cell.table.name
    kept.row_id, kept.column_name = cell.row_id, cell.column
    kept.version, kept.shown_text = cell.located.published.build.version, cell.shown


def _refuse_twins(session: Session, content: str) -> None:
    lately = (CitizenRequest.content_hash == content, CitizenRequest.received_at > now() - REMEMBERED)
    twin = session.scalar(select(CitizenRequest).where(*lately))
    if twin is None:
        return
    if twin.state == State.SPAM:
        raise DuplicateError(_("同样的内容已经收到过，不再重复受理。"))
    raise DuplicateError(_("同样的内容已经收到，编号 %(number)s，不必重复提交。", number=twin.number))


def _filed(found: CitizenRequest, code: str) -> Filed:
    return Filed(found.number, code, found.kind, found.due_on, found.is_public)
