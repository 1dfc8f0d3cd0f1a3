"""A pattern behind a look at what it may begin with finds what it found without."""

import re
from pathlib import Path

import pytest

from etl.extracting.beginnings import quick
from etl.extracting.rulebook import every_rule

TEXTS = Path(__file__).parents[2] / "evaluation" / "notices" / "text"
TEXT = "\n".join(path.read_text("utf-8") for path in sorted(TEXTS.glob("[sD]*.txt")))
KEYS = ("patterns", "before", "after", "inside")


def patterns() -> list[str]:
    """Every pattern of the rules."""
    found = (rule[key] for rule in every_rule() for key in KEYS if key in rule)
    return [pattern for some in found for pattern in ([some] if isinstance(some, str) else some)]


def spans(pattern: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(pattern, TEXT)]


def test_every_pattern_of_the_rules_finds_the_same() -> None:
    changed = [pattern for pattern in patterns() if quick(pattern) != pattern]
    assert len(changed) > len(patterns()) / 2
    assert [p for p in changed if spans(quick(p)) != spans(p)] == []


@pytest.mark.parametrize("pattern", [r"\w+年", "[^，]{2}的", ".年", "(?:约)?", "(?!)", "a|", r"(?=\d)"])
def test_a_pattern_that_may_begin_with_anything_stays_as_it_is(pattern: str) -> None:
    assert quick(pattern) == pattern


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"[\d.]+%|[-\]^]x", "3%^x.5%]x-x", ["3%", "^x", ".5%", "]x", "-x"]),
        ("(?:^|，)(?:对)?低于", "低于，低于对低于", ["低于", "，低于"]),
        ("(?<=[约近])(?:[0-9]{1,2})?万", "约万近5万6万", ["万", "5万"]),
    ],
)
def test_signs_ranges_and_places_are_looked_at_as_written(pattern: str, text: str, found: list[str]) -> None:
    assert re.findall(quick(pattern), text) == found
