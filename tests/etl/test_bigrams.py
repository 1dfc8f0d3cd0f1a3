"""Chinese search: what LIKE finds is found through FTS5, and nothing else.

Apart from three things that are meant: upper and lower case, wide and narrow forms are one; a word of letters or digits
is found whole only; a query with punctuation or blanks asks for each of its parts, wherever they stand.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.bigrams import bigrams, match_expression

HAN = "研发投入创新驱科技的一〇㐀䶿鿿\U00020000\U0002ebf0\U00031350"
PUNCTUATION = "，。、；：（）《》“”〔〕—-·_&/%\"'* \n\r\t\u3000\u00a0█"
WORDS = "abRD0127.６％ＡéßИ"
han = st.text(HAN, min_size=1, max_size=6)
texts = st.text(HAN + PUNCTUATION + WORDS, max_size=30)
HAN_RUN = re.compile(f"[{HAN}]+")


def finds(text: str, query: str) -> bool:
    """Whether a text is found by a query, in a table as the build makes it."""
    expression = match_expression(query)
    if not expression:
        return False
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE t USING fts5(words, content='', tokenize='ascii')")
        database.execute("INSERT INTO t (rowid, words) VALUES (1, ?)", (bigrams(text),))
        return bool(database.execute("SELECT 1 FROM t WHERE words MATCH ?", (expression,)).fetchone())


@given(st.data())
def test_every_han_substring_of_a_text_is_found(data: st.DataObject) -> None:
    text = data.draw(texts.filter(HAN_RUN.search))
    run = data.draw(st.sampled_from(HAN_RUN.findall(text)))
    start = data.draw(st.integers(0, len(run) - 1))
    assert finds(text, run[start : data.draw(st.integers(start + 1, len(run)))])


@given(texts, han)
@example("研发，投入", "研发投入")
@example("研发 发投 投入", "研发投入")
@example("研\n发", "研发")
def test_a_han_query_finds_nothing_that_like_would_not(text: str, query: str) -> None:
    assert finds(text, query) == (query in text)


@given(st.data())
def test_a_text_is_found_by_itself_and_by_whole_runs_of_it(data: st.DataObject) -> None:
    runs = data.draw(st.lists(han | st.sampled_from(["R", "D", "2017", "66", "GDP"]), min_size=1, max_size=6))
    text = "，".join(runs)
    start = data.draw(st.integers(0, len(runs) - 1))
    assert finds(text, text)
    assert finds(text, " ".join(runs[start:]))


@given(st.text(), st.text())
def test_no_query_breaks_the_search(text: str, query: str) -> None:
    assert finds(text, query) in (True, False)


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("全社会R&D投入占ＧＤＰ的比重", "r&d投入", True),
        ("全社会R&D投入占ＧＤＰ的比重", "GDP", True),
        ("占比达到２.65％", "2.65%", True),
        ("14.4平方公里", "4平方公里", True),
        ("2017年", "2017年", True),
        ("2017年", "201", False),
        ("高新技术企业100家", "100家", True),
        ("豈", "豈", True),
        ("研发", "", False),
        ("研发", "，", False),
        ("研发", '" OR words:', False),
        ("名字AND", "AND", True),
        ("café", "cafe", False),
    ],
)
def test_words_numbers_and_odd_queries(text: str, query: str, found: bool) -> None:
    assert finds(text, query) is found
