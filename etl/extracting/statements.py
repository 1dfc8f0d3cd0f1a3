"""The numbers of one sentence, read from left to right into drafts: head, name, comparator, or why not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from etl.extracting.drafts import Draft
from etl.extracting.layout import Layout
from etl.extracting.mentions import Mention
from etl.extracting.naming import (
    after_noun,
    behind_list,
    last_piece,
    strip_series,
    subjects,
    topic,
    with_topic,
)
from etl.extracting.peeling import peel
from etl.extracting.rejecting import Place, damaged, governed_by_conditions, in_title, lexical_reject, listed
from etl.extracting.rulebook import before_number, existing_verbs, increases

_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_CHANGE_BEHIND = re.compile(r"(?:的)?(?:年均)?(?P<up>增长|增速|增幅|提升|提高)|(?:的)?(?P<down>下降|降幅|降低|减少)")
_SEEN_THROUGH = ("whole", "baseline", "damaged", "chinese-idle")
_SEPARATORS = "、和及与以并或，,"


@cache
def _baseline() -> re.Pattern[str]:
    to = "|".join(sorted((w for w, t in before_number().tokens.items() if t.role == "to"), key=len, reverse=True))
    return re.compile(
        rf"(?:由|从)(?P<pre>[^，。；、\d]{{0,12}}(?:(?:19|20)\d\d年底?)?[^，。；、\d]{{0,8}})(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)"
        rf"[^\d，。；、]{{0,12}}?(?P<to>{to})(?P<post>[^\d，。；、]{{0,6}})$"
    )


@dataclass
class Sentence:
    """The mentions of a sentence and what has been read of them so far."""

    layout: Layout
    start: int
    mentions: list[Mention]
    drafts: list[Draft] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    earlier: Draft | None = None

    @property
    def text(self) -> str:
        """The flow's text."""
        return self.layout.flow.text

    @property
    def accepted(self) -> list[Draft]:
        """The drafts that no rule has rejected yet."""
        return [d for d in self.drafts if not d.reject]

    def read(self) -> list[Draft]:
        """Every mention as a draft."""
        for place in range(len(self.mentions)):
            self.drafts.append(self._draft(place))
        return self.drafts

    def _draft(self, place: int) -> Draft:
        draft = self._located(place)
        self._decide(draft, place)
        if not draft.reject:
            self._name(draft)
        return draft

    def _located(self, place: int) -> Draft:
        """A mention with its clause, its head and the noun behind it."""
        mention, previous = self.mentions[place], self.accepted[-1] if self.accepted else None
        limit = max((self._reach(d) for d in self.drafts if d.reject not in _SEEN_THROUGH), default=self.start)
        clause = self.layout.clause_start(mention.start, max(limit, self.start))
        written = self.text[clause : mention.start]
        baseline, written = self._from_baseline(mention, clause, written)
        lead, joined = strip_series(written)
        lead = last_piece(lead)
        after, after_end = self._behind(place)
        head = peel(_BRACKETS.sub("", lead), verb_may_end=bool(after))
        start = mention.start - len(lead) if baseline is None else clause
        draft = Draft(mention, head, lead, start, mention.tail, clause, after, after_end)
        draft.baseline = baseline
        draft.continues = joined and previous is not None and clause == limit
        return draft

    @staticmethod
    def _reach(draft: Draft) -> int:
        """How far a statement takes up the text."""
        return max(draft.end, draft.mention.tail, draft.after_end if draft.reject else 0)

    def _from_baseline(self, mention: Mention, clause: int, written: str) -> tuple[float | None, str]:
        """For 由A提高到B: A, and the head without it; A itself is then no statement."""
        whole_start = self.layout.clause_start(mention.start, self.start)
        whole = self.text[whole_start : mention.start]
        found = _baseline().search(whole)
        if not found:
            return None, written
        low = whole_start + found.start()
        for draft in self.drafts:
            if draft.mention.start >= low:
                draft.reject = "baseline"
        rest = self.text[clause if clause < low else whole_start : low]
        return float(found["number"].replace(",", "")), rest + found["to"] + found["post"]

    def _behind(self, place: int) -> tuple[str, int]:
        """The noun behind a unit, up to the next number that is a statement of its own."""
        mention = self.mentions[place]
        end = self.layout.clause_end(mention.tail)
        for later in range(place + 1, len(self.mentions)):
            following = self.mentions[later]
            if following.start >= end:
                break
            if not self._describes(place, later, end):
                end = following.start
                break
        if mention.kind in ("percent", "point", "fold", "double", "ratio", "times") and not self._owns(mention):
            return "", mention.tail
        noun, stop = after_noun(self.text, mention.tail, end)
        if not noun or self._lost_separator(place, stop):
            return "", mention.tail
        return noun, stop

    def _lost_separator(self, place: int, stop: int) -> bool:
        """Whether the noun behind a unit is the name of the next number, the comma between them lost."""
        following = self.mentions[place + 1] if place + 1 < len(self.mentions) else None
        if following is None or following.start != stop or self.mentions[place].bound:
            return False
        lead = self.text[self.layout.clause_start(self.mentions[place].start, self.start) : self.mentions[place].start]
        return self.mentions[place].kind != "money" and not peel(lead, verb_may_end=True).acted and bool(lead)

    def _owns(self, mention: Mention) -> bool:
        """Whether a noun belongs to a share: 60%以上的专利, 20场次培训."""
        return mention.kind == "times" or (
            mention.kind == "percent"
            and self.text.startswith("的", mention.tail)
            and not _CHANGE_BEHIND.match(self.text, mention.tail)
        )

    def _describes(self, place: int, later: int, end: int) -> bool:
        """Whether a later number only describes the noun behind an earlier one (3个产值超百亿元的集群)."""
        mention, earlier = self.mentions[later], self.mentions[later - 1]
        between = self.text[earlier.tail : mention.start]
        if (between[:1] in _SEPARATORS and between) or mention.kind == "count":
            return False
        noun, _ = after_noun(self.text, mention.tail, end)
        return bool(noun) and not peel(between, verb_may_end=True).acted

    def _decide(self, draft: Draft, place: int) -> None:
        """Ask every reject rule."""
        mention, head = draft.mention, draft.head
        reach = self.layout.clause_end(mention.tail)
        where = Place(self.text, self.start, draft.clause, reach)
        spot = self.layout.flow.span(mention.start, mention.end)
        if mention.kind == "damaged" or damaged(self.layout.body, *spot):
            draft.reject = "damaged"
        elif in_title(self.text, mention, self.start):
            draft.reject = "title-number"
        elif governed_by_conditions(self.layout, mention.start):
            draft.reject = "condition-chapter"
        elif self._is_idle(draft):
            draft.reject = "chinese-idle"
        elif listed(draft.lead, mention, head):
            draft.reject = "listed"
        else:
            draft.reject = lexical_reject(mention, head, where) or ("whole" if self._is_attribute(draft, place) else "")

    def _is_attribute(self, draft: Draft, place: int) -> bool:
        """Whether a number only describes the noun behind it."""
        mention, head = draft.mention, draft.head
        if not draft.after:
            return False
        following = self.mentions[place + 1] if place + 1 < len(self.mentions) else None
        counted = bool(following and following.start == draft.after_end and following.kind in ("count", "person"))
        sized = bool(mention.bound or mention.kind == "money" or self.text.startswith("的", mention.tail))
        if counted and sized and not draft.continues and mention.kind != "percent":
            return True
        if head.acted or mention.kind in ("count", "times") or (mention.kind == "person" and not head.name):
            return False
        return bool(head.name) or (mention.kind != "percent" and not draft.continues and not head.verbs)

    def _is_idle(self, draft: Draft) -> bool:
        """A Chinese numeral without a verb, or a loose unit within a word, is no quantity."""
        mention, head = draft.mention, draft.head
        if mention.strict and (self.text[mention.tail : mention.tail + 1].isalnum() or not (head.name or head.acted)):
            return True
        if not mention.han or mention.kind in ("double", "percent") or draft.continues:
            return False
        if head.acted or head.bound or mention.bound or head.verbs:
            return False
        closed = not self.text[mention.tail : mention.tail + 1].isalnum()
        return not (closed and (head.name or head.change or head.linked))

    def _name(self, draft: Draft) -> None:
        """Find the name, or the names, that a number is said of."""
        head, mention = draft.head, draft.mention
        self._read_change(draft)
        name = behind_list(head.name)
        if draft.after and name.endswith("等"):
            name = ""
            self._flag_existing(draft)
        if (
            draft.after
            and (mention.kind != "percent" or not name)
            and (head.acted or not name or mention.kind == "count")
        ):
            self._take_after(draft, name)
        elif name:
            self._take_before(draft, name)
        else:
            self._take_earlier(draft)

    def _read_change(self, draft: Draft) -> None:
        """Growth or fall, from the verb before, behind, or at the front of the name."""
        head, mention = draft.head, draft.mention
        draft.change = "" if head.level else head.change
        if mention.kind == "double":
            draft.change = "increase_by"
        if draft.change or head.level or mention.kind not in ("percent", "point", "fold"):
            return
        behind = _CHANGE_BEHIND.match(self.text, mention.tail)
        front = increases().at(head.name, 0)
        verb = increases().tokens.get(head.verbs[-1]) if head.verbs else None
        if behind:
            draft.change = "increase_by" if behind["up"] else "decrease_by"
            draft.end = max(draft.end, behind.end())
        elif verb and not head.linked:
            draft.change = verb.sign
        elif front and len(front.word) > 1 and len(head.name) > len(front.word):
            draft.change = front.sign
            head.name = head.name[len(front.word) :]
            head.bases.append(front.word)

    def _take_after(self, draft: Draft, subject: str) -> None:
        draft.end = draft.after_end
        name = draft.after
        if draft.head.verbs and subject and not draft.head.acted:
            name = (subject + "的" if draft.lead.endswith("的") else subject) + name
        elif subject and not draft.head.acted and len(subject) >= 4 and not draft.continues:
            name = subject + name
            draft.confidence -= 0.1
        if draft.mention.kind == "percent":
            draft.flags.append("inverted")
        shared = subjects(subject) if draft.head.share == "each" and subject and "、" in subject else []
        draft.names = [one + draft.after for one in shared] or [name]
        if shared:
            draft.flags.append("distributive")
        if draft.continues and not draft.head.verbs and self.accepted:
            draft.head.verbs = list(self.accepted[-1].verbs)

    def _take_before(self, draft: Draft, name: str) -> None:
        head = draft.head
        many = subjects(name, respectively=bool(head.share)) if head.share or draft.mention.kind == "double" else [name]
        if len(many) > 1:
            draft.flags.append("distributive")
        if head.share == "respectively" and len(many) > 1:
            draft.names, self.series = many[:1], many[1:]
        elif len(many) > 1:
            draft.names = many
        else:
            draft.names = [self._complete(draft, name)]
        partial = draft.lead.startswith("其中")
        if (draft.continues or partial) and not head.verbs and self.accepted:
            head.verbs = list(self.accepted[-1].verbs)
        if partial and self.accepted:
            draft.flags.append("ellipsis")

    def _complete(self, draft: Draft, name: str) -> str:
        """A name that can't stand alone gets its subject."""
        full = with_topic(name, self._subject(draft))
        if full != name:
            draft.flags.append("ellipsis")
        return full

    def _subject(self, draft: Draft) -> str:
        """What the clause before speaks of, or the statement before."""
        text, at = self.text, draft.clause - 1
        if at > self.start and text[at] in "，：:,":
            begin = self.layout.clause_start(at, self.start)
            if not self.accepted or begin >= self.accepted[-1].end:
                found = topic(_BRACKETS.sub("", text[begin:at]))
                if found:
                    return found
        return self.accepted[-1].names[-1] if self.accepted and self.accepted[-1].names else ""

    def _flag_existing(self, draft: Draft) -> None:
        """推进……等N个项目: the projects exist already, so this is a borderline target."""
        if draft.head.verbs and draft.head.verbs[0] in existing_verbs():
            draft.flags.append("borderline")

    def _take_earlier(self, draft: Draft) -> None:
        """A number without a noun of its own is said of what came before."""
        previous = self.accepted[-1] if self.accepted else None
        if draft.continues and previous:
            self._take_series(draft, previous)
        else:
            name = (
                self._bracketed(draft)
                or self._subject(draft)
                or self._cell_above(draft)
                or self._sentence_before(draft)
            )
            draft.names = [name] if name else []
            draft.flags.append("ellipsis")
            draft.confidence -= 0.1
        if not draft.names:
            draft.reject = "no-name"

    def _take_series(self, draft: Draft, previous: Draft) -> None:
        """分别增长3%、7%: the next subject of the list, under the same verb."""
        head = draft.head
        shares_verb = not (head.bound or head.linked or head.level) or bool(self.series)
        if shares_verb and draft.mention.unit == previous.mention.unit:
            draft.change = draft.change or previous.change
            head.bound = head.bound or previous.head.bound
        head.verbs = head.verbs or list(previous.verbs)
        head.bases = head.bases or list(previous.head.bases)
        head.scopes = head.scopes or list(previous.head.scopes)
        if self.series:
            draft.names = [self.series.pop(0)]
        elif "ellipsis" in previous.flags and (pair := self._pair(previous)):
            previous.names, draft.names = pair[:1], pair[1:]
            previous.flags = ["distributive"]
        else:
            draft.names = list(previous.names[-1:])
            draft.flags.append("ellipsis")
            return
        draft.flags.append("distributive")

    def _pair(self, previous: Draft) -> list[str]:
        """The last two statements with the same unit, before a pair of values said of both."""
        named = [d for d in self.accepted if d is not previous and d.names and "ellipsis" not in d.flags]
        same = [d for d in named[-2:] if d.mention.unit == named[-1].mention.unit]
        return [d.names[0] for d in same] if len(same) == 2 else []

    def _bracketed(self, draft: Draft) -> str:
        """The name given in brackets behind the number (建成1圈(绕城高速圈))."""
        found = re.compile(r"[（(]([^（()）\d]{2,20})[)）]").match(self.text, draft.mention.tail)
        return found[1] if found and draft.head.acted else ""

    def _sentence_before(self, draft: Draft) -> str:
        """What the last statement of this line or the one before was about, when this one only has a verb."""
        if self.earlier is None or not (draft.head.acted or draft.change):
            return ""
        line = self.layout.line_start(self.start)
        same_line = self.layout.line_start(max(0, line - 1)) <= self.earlier.start
        draft.confidence -= 0.2
        return self.earlier.names[-1] if same_line and self.earlier.names else ""

    def _cell_above(self, draft: Draft) -> str:
        """The cell or short line above, for a number that begins its line."""
        start = self.layout.line_start(draft.clause)
        if draft.clause > start or start < 2:
            return ""
        above = self.text[self.text.rfind("\n", 0, start - 1) + 1 : start - 1]
        if not 1 < len(above) <= 30 or re.search(r"[。；！？：:]|\d", above):
            return ""
        draft.flags.append("linebreak")
        draft.start = start - 1 - len(above)
        return peel(above, verb_may_end=False).name
