"""The same statement has the same id, however it is written; another has another."""

from __future__ import annotations

import pytest

from portal.queries.normal import check_order, normalised, parameters_of, query_id
from portal.queries.refusal import QueryRefusedError

PLAIN = "select name from target where unit = '%' and year > 2016"


@pytest.mark.parametrize(
    "written",
    [
        "SELECT name FROM target WHERE unit='%' AND year>2016;",
        "  select\n\tname from target /* 目标 */ where unit = '%' and year > 2016 ; ; ",
        "select name -- 名称\nfrom target where unit = '%' and year > 2016",
    ],
)
def test_spaces_comments_and_capitals_do_not_matter(written: str) -> None:
    assert normalised(written) == normalised(PLAIN)


@pytest.mark.parametrize(
    "other",
    [
        PLAIN.replace("'%'", "'％'"),
        PLAIN.replace("2016", "2017"),
        PLAIN.replace("name", "'name'"),
        PLAIN.replace("'%'", "' %'"),
        PLAIN.replace("'%'", "'-- %'"),
    ],
)
def test_texts_and_numbers_do(other: str) -> None:
    assert normalised(other) != normalised(PLAIN)


def test_the_id_is_of_statement_parameters_and_release() -> None:
    ids = {
        query_id("select :a", {"a": "1"}, "c", "1.0.0"),
        query_id("select :a", {"a": "2"}, "c", "1.0.0"),
        query_id("select :a", {"a": "1"}, "c", "1.0.1"),
        query_id("select :a", {"a": "1"}, "d", "1.0.0"),
    }
    assert len(ids) == 4
    assert query_id("x", {"a": "1", "b": "2"}, "c", "1") == query_id("x", {"b": "2", "a": "1"}, "c", "1")


def test_parameters_must_be_named_and_given() -> None:
    assert parameters_of("select :y, :x, ':z' -- :w", {"x": "1", "y": "2", "z": "3"}) == {"x": "1", "y": "2"}
    for sql in ("select :x", "select ?", "select ?1"):
        with pytest.raises(QueryRefusedError, match="没有给值"):
            parameters_of(sql, {})


@pytest.mark.parametrize(
    ("sql", "fine"),
    [
        ("select a from b", True),
        ("select a from b order by a limit 3", True),
        ("select a from b limit 3", False),
        ("select (select a from b limit 1) from c order by 1", False),
        ("select a from (select a from b order by a) limit 3", False),
        ("select 'limit' from b", True),
        ('select "limit" from b', True),
    ],
)
def test_limit_needs_an_order_beside_it(sql: str, fine: bool) -> None:
    if fine:
        check_order(sql)
    else:
        with pytest.raises(QueryRefusedError, match="order by"):
            check_order(sql)
