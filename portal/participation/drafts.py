"""What a form brings, cleaned, and what is wrong with it field by field."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.participation.codes import is_key, new_key
from portal.participation.kinds import COMMENT, CORRECTION, DISCLOSURE
from portal.participation.texts import line, text

LONGEST = 5_000
SHORTEST = 2
_MAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\]{1,180}\.[^\s@<>()\[\],;:\"\\.]{2,60}")
_LINES = {"person_name": 60, "mail": 254, "phone": 40, "subject": 120}
_TEXTS = {"body_text": LONGEST, "evidence_text": 2_000, "proposed_text": 2_000}


@dataclass(frozen=True)
class Draft:
    """A request before it is taken."""

    kind: str
    key: str
    person_name: str = ""
    mail: str = ""
    phone: str = ""
    subject: str = ""
    body_text: str = ""
    evidence_text: str = ""
    proposed_text: str = ""
    wants_mail: bool = True
    may_publish: bool = False

    def content_hash(self, about: str) -> str:
        """By what the same request is known again; `about` says what it is about."""
        told = (self.kind, about, self.subject, self.body_text, self.evidence_text, self.proposed_text)
        return hashlib.sha256("\0".join(" ".join(part.split()) for part in told).encode()).hexdigest()


def empty(kind: str) -> Draft:
    """An empty form."""
    return Draft(kind, new_key())


def read(kind: str, form: Mapping[str, str]) -> Draft:
    """The draft of a form that was sent."""
    key = form.get("key", "")
    cells: dict[str, Any] = {name: line(form.get(name, ""), longest) for name, longest in _LINES.items()}
    cells |= {name: text(form.get(name, ""), longest) for name, longest in _TEXTS.items()}
    cells |= {name: name in form for name in ("wants_mail", "may_publish")}
    return Draft(kind, key if is_key(key) else new_key(), **cells)


def mistakes(draft: Draft) -> dict[str, str]:
    """What is wrong, by field; empty where all is well."""
    found = {name: words for name, words in _missing(draft) if len(getattr(draft, name)) < SHORTEST}
    if draft.mail and not _MAIL.fullmatch(draft.mail):
        found["mail"] = _("这不像一个邮箱地址，请改正，或者留空。")
    if draft.kind == DISCLOSURE and not draft.mail and not draft.phone:
        found["phone"] = _("请留下邮箱或电话：申请要能答复到本人。")
    return found


def too_long(form: Mapping[str, str]) -> dict[str, str]:
    """Fields that hold more than is kept: nothing is cut off in silence."""
    limits = {**_LINES, **_TEXTS}
    longer = {name: most for name, most in limits.items() if len(form.get(name, "").replace("\r\n", "\n")) > most}
    return {name: _("太长了：这里最多 %(most)s 个字，请删减后再提交。", most=most) for name, most in longer.items()}


def _missing(draft: Draft) -> list[tuple[str, str]]:
    if draft.kind == CORRECTION:
        return [
            ("body_text", _("请写明哪里不对、为什么。")),
            ("evidence_text", _("请写上依据：网址，或者原文里的话。")),
        ]
    if draft.kind == COMMENT:
        return [("body_text", _("请写下您的意见。"))]
    named = [("person_name", _("请写上姓名：依申请公开要有申请人。"))] if draft.kind == DISCLOSURE else []
    return [*named, ("subject", _("请写一个标题。")), ("body_text", _("请写上内容。"))]
