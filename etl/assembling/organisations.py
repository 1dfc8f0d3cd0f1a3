"""Organisations and where they are named: the vocabulary's, else proposed under the name as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from etl.assembling.lexicon import Lexicon
from etl.assembling.regions import Regions
from etl.assembling.slugs import initials
from etl.assembling.taken import Draft, Noticed, Taken, innermost, settle
from etl.claim import Claim, Ids
from etl.document import Organisation
from etl.tables import Row

ROLES = {
    "issuer": "发文",
    "addressee": "主送",
    "responsible": "责任",
    "leading": "牵头",
    "supporting": "配合",
    "participating": "参与",
    "guiding": "指导",
    "mentioned": "提及",
}
_OWN = frozenset(ROLES.values())
_MENTIONED = "mentioned"
_WEAK = frozenset({_MENTIONED, ROLES[_MENTIONED]})


class Directory:
    """Bodies by every name that they go by."""

    def __init__(self, vocabulary: Sequence[Row], regions: Regions, prefix: str, ids: Ids) -> None:
        self._regions, self._prefix, self._ids = regions, prefix, ids
        self._by_name: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self.lexicon = Lexicon(n for row in vocabulary for n in names_of(row, "short_names_text"))
        for row in vocabulary:
            names = names_of(row, "short_names_text")
            ids.keep("organisation", row["organisation_id"], names)
            for name in names:
                self._by_name.setdefault(self.key(name), row["organisation_id"])
        self._known = frozenset(self._by_name)

    def key(self, name: str) -> str:
        """What two ways of writing one body have in common: 市水利局 is that of the collection's own city."""
        return self._regions.full_name(re.sub(r"\s+", "", name))

    def resolve(self, name: str) -> str:
        """The id of the body that goes by this name; it must be known or proposed before."""
        return self._by_name[self.key(name)]

    def knows(self, name: str) -> bool:
        """Whether the vocabulary has a body of this name."""
        return self.key(name) in self._known

    def see(self, names: Iterable[str]) -> None:
        """Note the bodies that the vocabulary does not know, each as it is written out most."""
        for name in names:
            key, bare = self.key(name), re.sub(r"\s+", "", name)
            if key not in self._known:
                self._written[key] = max(self._written.get(key, ""), bare, key=lambda n: (len(n), n))

    def propose(self) -> list[Row]:
        """Enter the bodies that were noted; returns their rows."""
        rows = settle(self._ids, "organisation_id", [self._draft(key) for key in sorted(self._written)])
        self._by_name |= {self.key(row["name"]): row["organisation_id"] for row in rows}
        return rows

    def _draft(self, key: str) -> Draft:
        name = self._written[key]
        row: Row = {"name": name, "status": "proposed"}
        return Draft(row, Claim("organisation", f"{self._prefix}-org-{initials(name)}", label=key))


def names_of(row: Row, others: str) -> list[str]:
    """The preferred name and the others, which a vocabulary separates by |."""
    return [row["name"], *(n for n in (row.get(others) or "").split("|") if n)]


def named(taken: Taken) -> list[str]:
    """Every body that a notice names."""
    notice = taken.parsed.notice
    issuers = notice.issuers or ((notice.issuer,) if notice.issuer else ())
    return [*issuers[:1], *(o.name for o in taken.parsed.organisations)]


def with_known(taken: Taken, directory: Directory) -> Taken:
    """What was read with the bodies of the vocabulary that the text names, also where no grammar told them."""
    parsed = taken.parsed
    read = [part for one in parsed.organisations for part in _parts(one, directory)]
    known = [_at(taken, span, _MENTIONED) for span in directory.lexicon.places(taken.document.body)]
    told = [o for o in read if o.role not in _WEAK or not any(_is_within(o, k) for k in known)]
    new = [k for k in known if not any(o.start < k.end and k.start < o.end for o in told)]
    organisations = tuple(sorted([*told, *new], key=lambda o: o.start))
    return replace(taken, parsed=replace(parsed, organisations=organisations))


def _parts(one: Organisation, directory: Directory) -> Iterator[Organisation]:
    """Bodies joined by 、, each where it stands, if all of them are known."""
    pieces = list(re.finditer("[^、]+", one.quote))
    if len(pieces) == 1 or directory.knows(one.name) or not all(directory.knows(p[0]) for p in pieces):
        yield one
        return
    for piece in pieces:
        name, start, end = re.sub(r"\s+", "", piece[0]), one.start + piece.start(), one.start + piece.end()
        yield replace(one, name=name, quote=piece[0], start=start, end=end)


def _at(taken: Taken, span: tuple[int, int], role: str) -> Organisation:
    quote = taken.masked[slice(*span)]
    return Organisation(quote, role, quote, *span)


def _is_within(one: Organisation, other: Organisation) -> bool:
    return other.start <= one.start and one.end <= other.end and one.quote != other.quote


def mentions(noticed: Noticed, directory: Directory) -> list[Draft]:
    """Where a notice names which body, and as what."""
    return [_mention(noticed, n, o, directory) for n, o in enumerate(noticed.taken.parsed.organisations, 1)]


def _mention(noticed: Noticed, number: int, organisation: Organisation, directory: Directory) -> Draft:
    role = organisation.role if organisation.role in _OWN else ROLES.get(organisation.role, "提及")
    start, end = organisation.start, organisation.end
    task = innermost(noticed.tasks, start)
    row: Row = {
        "organisation_id": directory.resolve(organisation.name),
        "notice_id": noticed.notice_id,
        "task_id": task and task["task_id"],
        "role": role,
        "quote": noticed.taken.masked[start:end],
        "start": start,
        "end": end,
    }
    return Draft(
        row, noticed.claim("mention", f"m{number:03}", start, end, label=f"{role} {directory.key(organisation.name)}")
    )
