"""What SQLite and Datasette say, in plain Chinese; what is not known here stays as it is, after a Chinese word."""

from __future__ import annotations

import re

_KNOWN = (
    (r"not authorized to use function: (\S+)", r"这里不允许使用函数 \1。"),
    (r"no such function: (\S+)", r"没有函数 \1。"),
    (r"no such table: (\S+)", r"没有表 \1，表名见数据库页。"),
    (r"no such column: (\S+)", r"没有列 \1，列名见各表的页面。"),
    (r"ambiguous column name: (\S+)", r"列名 \1 在几个表中都有，请写明表名。"),
    (r'near "(.*)": syntax error', r"语法有误，在“\1”附近。"),
    (r'unrecognized token: "(.*)"', r"有无法识别的符号“\1”。"),
    (r"incomplete input", "语句没有写完。"),
    (r"(access to .* is prohibited|not authorized|too many attached databases.*)", "这里只能读取公开的数据。"),
    (
        r"(string or blob too big|result too large|MemoryError|out of memory)",
        "结果太大：请少取几列、几行，或下载数据库后查询。",
    ),
    (r"(query string is too large|statement too long)", "语句太长：请缩短，或下载数据库后查询。"),
    (r"(Expression tree is too large.*|parser stack overflow.*|too many .*)", "语句太复杂：请拆成几句。"),
    (r"LIKE or GLOB pattern too complex", "匹配的式样太长。"),
    (r"(You can only execute one statement at a time\.?)", "一次只能写一条语句。"),
    (r"Statement must be a SELECT.*|Statement may not contain.*", "只能写 SELECT 语句：这里的数据只供读取。"),
    (r"fts5: syntax error.*|unterminated string|unknown special query.*|no such column.*", "检索式有误。"),
    (r"(wrong number of arguments to function \w+\(\).*)", "函数的参数个数不对。"),
    (r"(Incorrect number of bindings.*|You did not supply a value for binding.*)", "有参数没有给值。"),
    (r"attempt to write a readonly database", "这里的数据只供读取。"),
    (r"(OverflowError|integer overflow|Python int too large.*)", "数字太大。"),
    (
        r"(UnicodeError|UnicodeEncodeError|the query contains a null character|embedded null.*)",
        "语句里有不能用的字符。",
    ),
    (r"Invalid _shape: (.*)", r"没有 _shape=\1 这种形式：可用 arrays、objects、array、object、arrayfirst。"),
    (r"_shape=object is only available on tables", "_shape=object 只能用于有主键的表，查询的结果请用 _shape=objects。"),
    (r"interrupted", "查询超过了时限：请加上条件，或下载数据库后查询。"),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _KNOWN)

_CHINESE = re.compile("[一-鿿]")


def in_words(message: str) -> str:
    """The message as a sentence for people.

    >>> in_words("no such table: x")
    '没有表 x，表名见数据库页。'
    >>> in_words("misuse of aggregate: count()")
    'SQL 有误：misuse of aggregate: count()'
    >>> in_words("语句没有写完。")
    '语句没有写完。'
    """
    for pattern, words in _PATTERNS:
        if match := pattern.fullmatch(message):
            return match.expand(words)
    return message if _CHINESE.search(message) else f"SQL 有误：{message}"
