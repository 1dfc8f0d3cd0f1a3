"""What a text holds that must not be published: injected links, the numbers of persons, what could not be decoded."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from etl.document import Held
from etl.reading import personal
from etl.reading.folding import View, view
from etl.reading.tables import compiled, table

_NEAR = 15
_BEFORE = 40
_SECOND_LEVEL = frozenset({"com", "net", "org", "gov", "edu", "ac", "co", "mil"})
# What any number of a person contains: without it no rule needs to be tried.
_LONG_NUMBER = re.compile(r"\d\d\d(?:\d{8}|[ -]\d{4})")
_LONGEST = 40
_SIGN = "A-Za-z0-9"
_LABEL = rf"(?:[{_SIGN}-]{{0,61}}[{_SIGN}])?"

Span = tuple[int, int]
Word = tuple[int, int, dict[str, Any]]


def inspect(text: str, furniture: list[Span] | None = None) -> tuple[Held, ...]:
    """What is to be held back of a text; `furniture` are the spans in which a page speaks, not the notice.

    >>> [(h.start, h.end, h.rule) for h in inspect("详见90817263.com主办")]
    [(2, 14, 'digits-host')]
    >>> inspect("见www.example.gov.cn,已投入13812345678元")
    ()
    """
    seen = view(text)
    zones = _Zones(furniture or [])
    found = [*_links(seen, zones), *_words(seen, zones), *_personal(seen), *_debris(seen)]
    return outermost(found)


def outermost(held: Iterable[Held]) -> tuple[Held, ...]:
    """What is held, in order, without a span that lies within another one of its kind."""
    kept: list[Held] = []
    for one in sorted(set(held), key=lambda h: (h.start, -h.end, h.rule)):
        if not any(k.start <= one.start and one.end <= k.end and k.kind == one.kind for k in kept[-5:]):
            kept.append(one)
    return tuple(sorted(kept, key=lambda h: (h.start, h.end, h.rule)))


class _Zones:
    """Whether an offset lies in the page's furniture."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self.starts, offset) - 1
        return at >= 0 and offset < self.spans[at][1]


@cache
def _host() -> re.Pattern[str]:
    ends = "|".join(re.escape(end) for end in sorted(table("quarantine")["top_level"], key=len, reverse=True))
    # The look-behind stands behind a first character: the search then goes by it.
    return re.compile(
        rf"[{_SIGN}](?<![{_SIGN}@._-][{_SIGN}]){_LABEL}\.(?:[{_SIGN}]{_LABEL}\.){{0,5}}(?i:{ends})"
        rf"(?![{_SIGN}@-]|\.[{_SIGN}])",
        re.ASCII,
    )


@lru_cache(maxsize=4096)
def is_public(host: str) -> bool:
    """Whether a host belongs to a public body, a school or a public hotline.

    >>> is_public("www.example.gov.cn"), is_public("www.12377.cn"), is_public("gov.cn.example.com")
    (True, True, False)
    """
    host = host.lower().strip(".")
    if any(host == end or host.endswith("." + end) for end in table("quarantine")["public_suffixes"]):
        return True
    return _is_public_number(_name(host))


def _is_public_number(digits: str) -> bool:
    return bool(compiled(table("quarantine")["public_numbers"]["pattern"]).fullmatch(digits))


def _name(host: str) -> str:
    """The part of a host that its owner chose.

    >>> _name("www.abc.com.cn"), _name("m.abc.com")
    ('abc', 'abc')
    """
    labels = host.lower().split(".")
    end = -2 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else -1
    return labels[end - 1] if len(labels) >= 1 - end else labels[0]


@lru_cache(maxsize=4096)
def suspicious_host(host: str) -> dict[str, Any] | None:
    """The rule by which a host is none that a public body would link to, or none.

    >>> suspicious_host("www.90817263.com")["id"], suspicious_host("www.example.com.cn")
    ('digits-host', None)
    """
    if is_public(host):
        return None
    name, tail = _name(host), ".".join(host.lower().split(".")[-2:])
    return next((rule for rule in table("quarantine")["hosts"] if _names(rule, name) or _names(rule, tail)), None)


def _names(rule: dict[str, Any], name: str) -> bool:
    match = compiled(rule["pattern"]).fullmatch(name)
    numbers = (
        [value for group, value in match.groupdict().items() if group.startswith("number") and value] if match else []
    )
    return bool(match) and not any(map(_is_public_number, numbers))


def suspicious_words(text: str) -> Iterator[Word]:
    """Where a text uses words of injected links, with the rule."""
    for rule in table("quarantine")["words"]:
        for match in compiled(rule["pattern"]).finditer(text):
            yield match.start(), match.end(), rule


def _held(seen: View, start: int, end: int, rule: dict[str, Any]) -> Held:
    return Held(*seen.span(start, end), rule["kind"], rule["reason"], rule["id"])


def _links(seen: View, zones: _Zones) -> Iterator[Held]:
    if "." not in seen.text:
        return
    hosts = [match for match in _host().finditer(seen.text) if not is_public(match[0])]
    words = _words_near(seen.text, hosts)
    for match in hosts:
        near = _near(words, seen.text, match)
        rule = suspicious_host(match[0])
        if not rule and seen.span(*match.span())[0] in zones:
            rule = next((r for r in table("quarantine")["sponsor"] if _stands_as(r, seen.text, match)), None)
        if rule or near:
            yield _held(seen, *match.span(), rule or near[0][2])
        yield from (_held(seen, *word) for word in near)


def _words_near(text: str, hosts: list[re.Match[str]]) -> list[Word]:
    """The suspicious words in the neighbourhood of hosts, each part of the text searched once."""
    windows = _windows((host.span() for host in hosts), _NEAR)
    found = [(s + a, s + b, rule) for s, e in windows for a, b, rule in suspicious_words(text[s:e])]
    return sorted(found, key=itemgetter(0, 1))


def _windows(spans: Iterable[Span], reach: int) -> list[Span]:
    """Spans with so many characters around them, joined where they touch."""
    windows: list[Span] = []
    for first, last in spans:
        start, end = max(0, first - reach), last + reach
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    return windows


def _near(words: list[Word], text: str, host: re.Match[str]) -> list[Word]:
    """The words that stand near a host in its line."""
    near = []
    for at in range(bisect_left(words, host.start() - _NEAR, key=itemgetter(0)), len(words)):
        start, end, _ = words[at]
        if start > host.end() + _NEAR:
            break
        if "\n" not in text[min(start, host.start()) : max(end, host.end())]:
            near.append(words[at])
    return near


def _stands_as(rule: dict[str, Any], text: str, host: re.Match[str]) -> bool:
    pattern = compiled(rule["pattern"].replace("{host}", re.escape(host[0])))
    window = text[max(0, host.start() - _BEFORE) : host.end() + _NEAR]
    return bool(pattern.search(window))


def _words(seen: View, zones: _Zones) -> Iterator[Held]:
    for zone_start, zone_end in zones.spans:
        first, last = seen.position(zone_start), seen.position(zone_end)
        for start, end, rule in suspicious_words(seen.text[first:last]):
            yield _held(seen, first + start, first + end, rule)


def _personal(seen: View) -> Iterator[Held]:
    numbers = _windows((m.span() for m in _LONG_NUMBER.finditer(seen.text)), _LONGEST)
    taken = bytearray(len(seen.text) if numbers else 0)
    for rule in table("quarantine")["personal"]:
        found = (m for window in numbers for m in compiled(rule["pattern"]).finditer(seen.text, *window))
        for match in found:
            span = match.span("value") if "value" in match.re.groupindex else match.span()
            if not any(taken[slice(*span)]) and _is_personal(rule, seen.text, span):
                taken[slice(*span)] = b"\1" * (span[1] - span[0])
                yield _held(seen, *span, rule)


def _debris(seen: View) -> Iterator[Held]:
    for rule in table("quarantine")["debris"]:
        for match in compiled(rule["pattern"]).finditer(seen.text):
            yield _held(seen, *match.span(), rule)


def _is_personal(rule: dict[str, Any], text: str, span: Span) -> bool:
    """Whether the context and the check of a rule hold for a number found."""
    value, before, after = (
        text[slice(*span)],
        text[max(0, span[0] - _BEFORE) : span[0]],
        text[span[1] : span[1] + _BEFORE],
    )
    if (refuse := rule.get("refuse_before")) and compiled(refuse).search(before):
        return False
    if (refuse := rule.get("refuse_after")) and compiled(refuse).match(after):
        return False
    if (needs := rule.get("needs_before")) and not compiled(needs).search(before):
        return False
    if rule.get("check") == "bank_card":
        return personal.bank_card(value, named=bool(compiled(rule["named_by"]).search(before)))
    check = {"id18": personal.id18, "id15": personal.id15}.get(rule.get("check", ""))
    return check is None or check(value)
