"""Queries that want to harm: each gets a plain answer within two seconds, and the server is the same afterwards."""

# ruff: noqa: S608 - the point of these statements is to be bad

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from etl.places import ROOT

DB = "/data/zhenjiang-stb"
SECONDS = 4.0
"""Twice what an answer may take: other tests run beside this one."""
RSS_GROWTH_KB = 100_000
ENDLESS = "with recursive c(x) as (select 1 union all select x + 1 from c)"
BIG = "replace(hex(sha), 'A', 'AAAAAAAA')"
GROWN = "with recursive c(x, s) as (select 1, 'x' union all select x + 1, s || s from c where x < {n})"
MEMORY = [
    "select zeroblob(900000000)",
    "select ZeroBlob(900000000)",
    "select hex(zeroblob(100000000))",
    "select randomblob(900000000)",
    "select printf('%.*c', 500000000, 'x')",
    "select format('%.*c', 500000000, 'x')",
    "select replace(hex(zeroblob(10000)), '0', 'xxxxxxxxxxxxxxxx')",
    f"{GROWN.format(n=40)} select length(s) from c",
    f"{GROWN.format(n=17)} select s from c",
    f"{GROWN.format(n=17)} select a.s, b.s, d.s from c a, c b, c d",
    f"{GROWN.format(n=16)} select group_concat(a.s) from c a, c b, c d, c e",
    f"{GROWN.format(n=16)} select json_group_array(a.s) from c a, c b, c d, c e, c f",
    f"{GROWN.format(n=16)} select json_group_object(a.s, b.s) from c a, c b, c d, c e, c f",
    f"{GROWN.format(n=16)} select a.s || b.s || d.s from c a, c b, c d",
    f"{GROWN.format(n=16)} select distinct a.s || b.x || d.x || e.x from c a, c b, c d, c e",
    f"{GROWN.format(n=16)} select a.s || random() as r from c a, c b, c d, c e order by r",
    f"{GROWN.format(n=16)}, d as materialized (select a.s from c a, c b, c e, c f, c g) select count(*) from d",
    f"{ENDLESS} select json_group_array(x) from c",
    f"{ENDLESS} select group_concat(x) from c",
    f"{ENDLESS} select x, hex(x), hex(hex(x)), quote(hex(x)) from c limit 100000000",
    f"{ENDLESS} select 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' from c",
    "select " + ", ".join(f"{i} as c{i}" for i in range(99)) + " from target a, target b, passage",
    "select json_array(" + ",".join(["'" + "x" * 100 + "'"] * 100) + ")",
    "select quote(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex('x'))))))))))))",
    "select char(" + ",".join(["128514"] * 900) + ")",
    f"{GROWN.format(n=16)} select upper(s), lower(s), hex(s), unicode(s), trim(s) from c",
    f"{GROWN.format(n=16)} select json(json_quote(s)) from c",
    f"{ENDLESS} select char(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1) from c",
]
TIME = [
    "select count(*) from dbstat a, dbstat b, dbstat c, dbstat d",
    f"{ENDLESS} select count(*) from c",
    f"{ENDLESS} select * from c where x < 0",
    f"explain {ENDLESS} select x from c",
    "select count(*) from passage a, passage b, passage c, passage d, target e, target f, unit, region, mention, task, "
    "passage g, passage h, passage i, passage j, passage k, passage l, passage m, passage n, passage o, passage p",
    f"{GROWN.format(n=16)} select count(*) from c a, c b where a.s like '%x%x%x%x%x%x%x%x%x%x%x%x%x%y'",
    f"{GROWN.format(n=16)} select s glob '*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*y' from c",
    f"{GROWN.format(n=16)} select s like '{'_%' * 90}y' from c",
    f"select 'a' like '{'%a' * 5000}'",
    f"{GROWN.format(n=16)} select instr(s, substr(s, 1, 30000) || 'y') from c",
    f"{GROWN.format(n=16)} select replace(s, 'x', 'yy') from c",
    f"{ENDLESS} select max(x) over (order by x rows between unbounded preceding and unbounded following) from c",
    "select * from target_fts where target_fts match '" + " OR ".join(["a*"] * 200) + "'",
    "select * from target_fts where target_fts match 'NEAR(" + " ".join(["a"] * 500) + ", 1000)'",
]
WRITES = [
    "attach database '/tmp/stolen.db' as stolen",
    "vacuum into '/tmp/stolen.db'",
    "delete from target",
    "update target set value = 0",
    "insert into target select * from target",
    "drop table target",
    "create table x (y)",
    "create temp table x as select 1",
    "pragma writable_schema = 1",
    "pragma query_only = 0",
    "select 1; delete from target",
    "with x as (select 1) delete from target",
    "with x as (select 1) insert into unit select 1, 2, 3, 4, 5",
    "replace into unit values (1, 2, 3, 4, 5)",
    "begin exclusive",
    "reindex",
    "insert into target_fts (target_fts) values ('rebuild')",
]
SECRETS = [
    "select * from pragma_database_list()",
    "select file from pragma_database_list",
    "select * from pragma_compile_options",
    "select * from pragma_temp_store_directory",
    "select * from pragma_function_list",
    "select load_extension('/tmp/x.so')",
    "select readfile('/etc/passwd')",
    "select writefile('/tmp/x', 'x')",
    "select edit('x')",
    "select fts3_tokenizer('simple')",
    "select sqlite_compileoption_get(1)",
    "select sqlite_source_id()",
    "select * from sqlite_dbpage",
]
BROKEN = [
    "select " + "(" * 5000 + "1" + ")" * 5000,
    "select " + " + ".join(["1"] * 5000),
    " union all ".join(["select 1"] * 600),
    "select '" + "x" * 30000 + "'",
    "select 1 \0 2",
    "select 'x",
    "select [x",
    "select :x, ?, @y, $z",
    "select 9223372036854775808 + 9223372036854775807, abs(-9223372036854775808)",
    "select x'00', x'ff', cast(x'fffe' as text)",
    "select 1e999, -1e999, 0.0/0.0",
    "select \ud7ff, '\U0010ffff'",
    "select * from target where",
    "",
    "   ",
    "--",
    "select * from " + ", ".join(["target"] * 70),
    "select " + ", ".join(["1"] * 3000),
    "with " + ", ".join(f"t{i} as (select * from t{i + 1})" for i in range(200)) + " select * from t0",
    "select json_extract('" + "[" * 3000 + "]" * 3000 + "', '$')",
    "values " + ",".join(["(1)"] * 3000),
]
QUERIES = MEMORY + TIME + WRITES + SECRETS + BROKEN


@dataclass(frozen=True)
class Server:
    """A server of its own, as it would run."""

    address: str
    process: subprocess.Popen[bytes]
    database: Path

    def memory(self, kind: str = "VmHWM") -> int:
        """Kilobytes: the most that the process ever held, or `VmRSS`, what it holds now."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(kind))

    def digest(self) -> str:
        return hashlib.sha256(self.database.read_bytes()).hexdigest()

    def get(self, path: str, **asked: str) -> httpx.Response:
        return httpx.get(self.address + path, params=asked, timeout=30)


@pytest.fixture(scope="module")
def server(releases: Path) -> Iterator[Server]:
    environment = {**os.environ, "VAR_DIR": str(releases.parent), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "portal", "serve"]
    (releases.parent / "releases").exists() or (releases.parent / "releases").symlink_to(releases)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = b""
        while b"http" not in said:
            said = process.stdout.readline()
            assert said, "the server did not start"
        address = said.decode().split(" ")[1]
        database = next(releases.glob("zhenjiang-stb/*/zhenjiang-stb.db"))
        served = Server(address, process, database)
        served.get(DB, sql="select 1")
        yield served
        process.terminate()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to read memory from")
def test_no_query_harms_the_server(server: Server) -> None:
    assert len(QUERIES) >= 60
    before, digest = server.memory(), server.digest()
    slow, wrong = [], []
    for query in QUERIES:
        for suffix in ("", ".json", ".csv"):
            began = time.monotonic()
            answer = server.get(DB + suffix, sql=query)
            took = time.monotonic() - began
            slow += [(query[:80], suffix, took)] if took > SECONDS else []
            plain = "Traceback" not in answer.text and str(server.database.parent) not in answer.text
            if answer.status_code not in (200, 400, 414) or not plain or len(answer.content) > 10_000_000:
                wrong.append((query[:80], suffix, answer.status_code, answer.text[:200]))
    assert (slow, wrong) == ([], [])
    assert server.memory() - before < RSS_GROWTH_KB
    assert server.digest() == digest
    assert server.process.poll() is None


@pytest.mark.parametrize("query", WRITES + SECRETS)
def test_writing_and_looking_around_is_refused_in_chinese(server: Server, query: str) -> None:
    answer = server.get(DB + ".json", sql=query)
    assert answer.status_code == 400, answer.text
    assert any("一" <= c <= "鿿" for c in answer.json()["error"])


def test_pages_stay_quick_while_many_ask_endless_queries(server: Server) -> None:
    def ask(_: int) -> int:
        return server.get(DB + ".json", sql=f"{ENDLESS} select count(*) from c").status_code

    with ThreadPoolExecutor(30) as crowd:
        asked = [crowd.submit(ask, i) for i in range(30)]
        time.sleep(0.2)
        took = []
        for _ in range(10):
            began = time.monotonic()
            assert server.get(f"{DB}/target").status_code == 200
            took.append(time.monotonic() - began)
        statuses = {a.result() for a in asked}
    assert sorted(took)[-2] <= 1.0
    assert statuses <= {400, 429, 503}
