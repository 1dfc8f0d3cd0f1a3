"""Whether a number states a goal or a fact that is past."""

from __future__ import annotations

from etl.extracting.layout import Layout
from etl.extracting.rulebook import patterns_of
from etl.extracting.years import Calendar, Stated

_BACK, _AHEAD = 400, 100


def _last(role: str, text: str, start: int, end: int) -> tuple[int, str]:
    """The last place in a span where a pattern of a role stands, and its rule."""
    best, rule = -1, ""
    for pattern, name in patterns_of(role):
        for match in pattern.finditer(text, start, end):
            if match.start() > best:
                best, rule = match.start(), name
    return best, rule


def reviews(layout: Layout, at: int) -> bool:
    """Whether a chapter around looks back, unless one inside it turns to what comes next."""
    for chapter in layout.chapters(at):
        if any(p.search(chapter.title) for p, _ in patterns_of("review")):
            return True
        if any(p.search(chapter.title) for p, _ in patterns_of("turn")):
            return False
    return False


def past_rule(layout: Layout, calendar: Calendar, start: int, at: int, end: int, year: Stated | None) -> str:
    """The rule by which a number is a past fact, empty where it is a goal.

    `start` is where the sentence begins, `at` the number, `end` where its clause ends.
    """
    text = layout.flow.text
    start, end = max(start, at - _BACK), min(end, at + _AHEAD)
    if reviews(layout, at):
        return "review-chapter"
    done, rule = max(_last("past", text, start, end), _last("last-year", text, start, at))
    aim, _ = _last("aim", text, start, at)
    if done > aim:
        return rule
    if year and (year.past_word or (year.year and calendar.base and year.year < calendar.base)):
        return "" if aim >= 0 and aim + 5 >= year.at else "past-year"
    return ""
