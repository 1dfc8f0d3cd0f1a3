"""What it costs that acknowledged things outlive a power cut, and how long backups and restores take."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.orm import sessionmaker

from portal import audit, mail
from portal.backup.making import make
from portal.backup.restoring import restore
from portal.storage import Storage, migrate, open_storage

ROUNDS, WRITES = 5, 100
MESSAGES = int(os.environ.get("BENCH_MESSAGES", "20000"))


def main() -> None:
    """Write in turns with each setting; then back up and restore."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        _commits(Path(folder))
        _drill(Path(folder))


def _commits(folder: Path) -> None:
    stores = {level: _opened(folder / f"{level}.db", level) for level in ("NORMAL", "FULL")}
    took: dict[str, list[float]] = {level: [] for level in stores}
    for _ in range(ROUNDS):
        for level, storage in stores.items():
            began = time.perf_counter()
            for number in range(WRITES):
                _write(storage, number)
            took[level].append((time.perf_counter() - began) / WRITES * 1000)
    normal, full = (statistics.median(took[level]) for level in ("NORMAL", "FULL"))
    print(
        f"a message and a line in the log, committed: NORMAL {normal:.2f} ms, FULL {full:.2f} ms, {full / normal:.2f}×"
    )


def _opened(path: Path, level: str) -> Storage:
    storage = open_storage(f"sqlite:///{path}")
    _set(storage.engine, level)
    migrate(storage)
    return Storage(storage.engine, sessionmaker(storage.engine))


def _set(engine: Engine, level: str) -> None:
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA synchronous = {level}"))


def _write(storage: Storage, number: int) -> None:
    with storage.session() as session:
        mail.write(session, "a@example.org", f"第 {number} 件", "正文" * 100)
        audit.note(session, None, "bench", str(number))


def _drill(folder: Path) -> None:
    private = folder / "private"
    private.mkdir()
    storage = open_storage(f"sqlite:///{private}/portal.db")
    migrate(storage)
    with storage.session() as session:
        for number in range(MESSAGES):
            mail.write(session, "a@example.org", f"第 {number} 件", "正文" * 500)
    storage.close()
    size = (private / "portal.db").stat().st_size / 1e6
    began = time.perf_counter()
    path = make(private, f"sqlite:///{private}/portal.db", folder / "backup.zip")
    made = time.perf_counter()
    restore(folder / "elsewhere", f"sqlite:///{folder}/elsewhere/portal.db", path)
    done = time.perf_counter()
    print(f"{MESSAGES} messages, {size:.0f} MB: backed up in {made - began:.1f} s, restored in {done - made:.1f} s")


if __name__ == "__main__":
    main()
