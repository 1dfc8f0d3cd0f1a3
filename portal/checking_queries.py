"""`python -m portal verify-queries`, `export-queries`, `import-queries`: cited queries checked and carried over."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from etl.places import releases_dir, site_file, var_dir
from etl.site import load_site
from portal.published import Published
from portal.queries.store import DIFFERENT, ELSEWHERE, FAILED, SAME, Queries
from portal.storage import StorageError, database_url, migrate, open_storage

NAMES = {SAME: "相同", DIFFERENT: "不同", ELSEWHERE: "版本不在本机", FAILED: "不能重跑"}


def opened() -> Queries:
    """The stored queries of this deployment."""
    storage = open_storage(database_url(var_dir() / "private"))
    migrate(storage)
    return Queries(Published(releases_dir()), storage, load_site(site_file()))


def verify() -> bool:
    """Run every query again and say what differs; whether all that could be checked is as it was."""
    found: Counter[str] = Counter()
    for again in opened().all_again():
        found[again.outcome] += 1
        if again.outcome != SAME:
            over = f"{again.query.collection} {again.query.version}"
            print(f"{again.query.query_id}（{over}）：{NAMES[again.outcome]} {again.words}")
    told = "，".join(f"{NAMES[k]} {n}" for k, n in found.items())
    print(f"共 {sum(found.values())} 个查询：{told}。" if told else "还没有引用过查询。")
    return not found[DIFFERENT] and not found[FAILED]


def export(path: Path) -> None:
    """Write every query into a file, a line each."""
    lines = [f"{line}\n" for line in opened().exported()]
    path.write_text("".join(lines), "utf-8")
    print(f"已写出 {len(lines)} 个查询到 {path}。")


def take_in(path: Path) -> None:
    """Keep the queries of a file; StorageError where a line is none."""
    queries, new = opened(), 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            new += queries.take_in(line)
        except (ValueError, TypeError) as error:
            raise StorageError(f"{path} 第 {number} 行不是导出的查询，已停在这一行。") from error
    print(f"新收下 {new} 个查询。")
