"""`package_search`: what of Solr's query language the field's clients send, over the one record."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from etl.catalogue import ckan
from etl.catalogue.record import Catalogue, Dataset
from etl.catalogue.vocabulary import vocabulary

Test = Callable[[Dataset], bool]
_TERM = re.compile(
    r"""(?P<sign>[+-]|NOT\s+)?(?:(?P<field>\w+):)?
    (?:\[(?P<low>\S+)\s+TO\s+(?P<high>[^\]\s]+)\]|"(?P<quoted>[^"]*)"|\((?P<group>[^)]*)\)|(?P<word>[^\s"()]+))""",
    re.VERBOSE,
)
_PART = re.compile(r'"([^"]*)"|(\S+)')
_MOST_TERMS, _LONGEST = 50, 2000
FACETS = ("organization", "groups", "tags", "res_format", "license_id")
SORTABLE = ("id", "name", "title", "title_string", "metadata_modified", "metadata_created", "score", "relevance")


class QueryError(ValueError):
    """A query that can't be understood; the message is a sentence for people."""


@dataclass(frozen=True)
class Found:
    """A page of what was found, how many there are in all, and how they spread over the facets asked for."""

    count: int
    datasets: tuple[Dataset, ...]
    facets: dict[str, Counter[str]]


def search(
    catalogue: Catalogue, query: str, filters: str, sort: str, start: int, rows: int, facets: tuple[str, ...]
) -> Found:
    """The datasets that pass every term of both queries; only the page asked for is held."""
    tests = [*_tests(query), *_tests(filters)]
    counted: dict[str, Counter[str]] = {name: Counter() for name in facets}
    total = 0

    def passing() -> Iterator[Dataset]:
        nonlocal total
        for dataset in catalogue.datasets:
            if all(test(dataset) for test in tests):
                total += 1
                for name, counter in counted.items():
                    counter.update(set(values(dataset, name)))
                yield dataset

    chosen = _page(passing(), sort, start, rows)
    return Found(total, tuple(chosen), counted)


def values(dataset: Dataset, name: str) -> list[str]:
    """What a dataset has for a field of the search."""
    if name in ("tags", "keywords"):
        return [*dataset.keywords.zh, *dataset.keywords.en]
    if name == "res_format":
        return [vocabulary()["formats"][f.format]["title"] for f in dataset.files]
    series = dataset.series
    stated = {
        "organization": ckan.organisation_name(series),
        "owner_org": ckan.organisation_name(series),
        "groups": series.name,
        "license_id": series.licence.name if series.licence else "notspecified",
        "id": dataset.name,
        "name": dataset.name,
        "title": f"{dataset.title.zh}\n{dataset.title.en}",
        "notes": f"{dataset.description.zh}\n{dataset.description.en}",
        "state": "active",
        "type": "dataset",
        "dataset_type": "dataset",
        "private": "false",
        "capacity": "public",
        "metadata_modified": f"{series.modified or ''}T00:00:00Z",
        "metadata_created": f"{series.issued or ''}T00:00:00Z",
    }
    if name not in stated:
        raise QueryError(f"不能按 {name} 查找：可用的有 {'、'.join([*stated, 'tags', 'res_format'])}。")
    return [stated[name]]


def _page(found: Iterator[Dataset], sort: str, start: int, rows: int) -> list[Dataset]:
    field, _, way = sort.split(",")[0].strip().partition(" ")
    if (field and field not in SORTABLE) or way.strip().lower() not in ("", "asc", "desc"):
        raise QueryError(f"不能按 {sort} 排序：可用的有 {'、'.join(SORTABLE)}，后面可加 asc 或 desc。")
    if field in ("", "score", "relevance"):
        return [dataset for number, dataset in enumerate(found) if start <= number < start + rows]
    name = "title" if field == "title_string" else field

    def key(dataset: Dataset) -> tuple[str, str]:
        return values(dataset, name)[0], dataset.name

    # Only as many are held as the page and those before it take.
    choose: Any = heapq.nlargest if way.strip().lower() == "desc" else heapq.nsmallest
    chosen: list[Dataset] = choose(start + rows, found, key=key)[start:]
    for _uncounted in found:
        """A page of none looks at none, but all are to be counted."""
    return chosen


def _tests(query: str) -> list[Test]:
    terms = list(_TERM.finditer(query)) if len(query) <= _LONGEST else []
    if len(query) > _LONGEST or len(terms) > _MOST_TERMS:
        raise QueryError(f"查询太长：最多 {_MOST_TERMS} 个词、{_LONGEST} 个字。")
    return [_test(term) for term in terms if term["word"] not in ("AND", "*", "*:*") and term[0] != "*:*"]


def _test(term: re.Match[str]) -> Test:
    plain = _field_test(term) if term["field"] else _words_test(term)
    if (term["sign"] or "").strip() in ("-", "NOT"):
        return lambda dataset: not plain(dataset)
    return plain


def _words_test(term: re.Match[str]) -> Test:
    wanted = [w.lower() for w in _wanted(term) if w != "OR"]

    def holds(dataset: Dataset) -> bool:
        told = "\n".join(v for name in ("name", "title", "notes", "tags") for v in values(dataset, name)).lower()
        return any(word.strip("*") in told for word in wanted) or not wanted

    return holds


def _field_test(term: re.Match[str]) -> Test:
    name, low, high = term["field"], term["low"], term["high"]
    if low is not None:
        return lambda dataset: any(
            (low == "*" or low <= value) and (high == "*" or value <= high) for value in values(dataset, name)
        )
    wanted = [w.lower() for w in _wanted(term) if w not in ("OR", "AND")]
    return lambda dataset: any(
        _matches(name, value.lower(), word) for value in values(dataset, name) for word in wanted
    )


def _matches(name: str, value: str, word: str) -> bool:
    if word == "*":
        return True
    if name in ("title", "notes"):
        return word.strip("*") in value
    return value.startswith(word[:-1]) if word.endswith("*") else value == word


def _wanted(term: re.Match[str]) -> list[str]:
    if term["group"] is not None:
        return [quoted or word for quoted, word in _PART.findall(term["group"])]
    return [term["quoted"] if term["quoted"] is not None else term["word"]]
