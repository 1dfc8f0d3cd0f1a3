"""Patterns looked for in one pass are found where each one's own search finds them."""

import re
from pathlib import Path

from etl.extracting.rulebook import rules_of
from etl.extracting.scanning import Scanner

TEXTS = Path(__file__).parents[2] / "evaluation" / "notices" / "text"
TEXT = "\n".join(path.read_text("utf-8") for path in sorted(TEXTS.glob("[sD]*.txt")))


def found(patterns: list[str], text: str) -> list[tuple[int, int]]:
    """What the patterns find together, each by its number."""
    return sorted(Scanner([re.compile(pattern) for pattern in patterns]).find(text))


def one_by_one(patterns: list[str], text: str) -> list[tuple[int, int]]:
    every = enumerate(patterns)
    return sorted((match.start(), place) for place, pattern in every for match in re.finditer(pattern, text))


def test_the_marks_of_tense_are_found_as_one_by_one() -> None:
    patterns = [pattern for rule in rules_of("tense") for pattern in rule.get("patterns", ())]
    places = found(patterns, TEXT)
    assert len({place for _, place in places}) > len(patterns) / 3
    assert places == one_by_one(patterns, TEXT)


def test_the_words_inside_of_reject_rules_are_found_as_one_by_one() -> None:
    patterns = [rule["inside"] for rule in rules_of("rejects") if "inside" in rule]
    assert found(patterns, TEXT) == one_by_one(patterns, TEXT)


def test_a_character_alone_and_one_of_a_pair_begin_their_patterns_at_one_place() -> None:
    assert found(["要(?!求)", "要闻", "闻", r"\d闻"], "要闻，要求。3闻要") == [
        (0, 0),
        (0, 1),
        (1, 2),
        (6, 3),
        (7, 2),
        (8, 0),
    ]


def test_a_pattern_goes_on_behind_what_it_found_as_a_search_does() -> None:
    patterns = ["年年", "年{2,3}底", "[年底]+$", "[^年]底|年"]
    assert found(patterns, "年年年底年年底") == one_by_one(patterns, "年年年底年年底")


def test_signs_of_patterns_are_characters_in_a_text() -> None:
    patterns = [r"\.\.", r"\]x", r"\^-", "[-—]年", r"\\d"]
    text = r"..]x^-年—年\d"
    assert found(patterns, text) == one_by_one(patterns, text)
    assert len(found(patterns, text)) == 6


def test_no_patterns_find_nothing() -> None:
    assert found([], "全年") == []
