"""The content hash: what a version is, whichever library wrote the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from etl.declaration import Collection
from etl.tables import LEDGER, Rows, csv_lines


def content_hash(collection: Collection, rows: Rows) -> str:
    """SHA-256 over the canonical CSV of every table but those that tell of releases."""
    covered = [t for t in collection.tables if t.name not in LEDGER]
    return combined_hash({t.name: _text_sha256(csv_lines(t, rows.get(t.name, []))) for t in covered})


def combined_hash(hashes: Mapping[str, str]) -> str:
    """SHA-256 over the hashes of tables by name, in the form that `sha256sum` prints and checks."""
    lines = (f"{digest}  data/{name}.csv\n" for name, digest in sorted(hashes.items()) if name not in LEDGER)
    return sha256("".join(lines).encode("utf-8"))


def sha256(data: bytes) -> str:
    """The digest in hexadecimal.

    >>> sha256(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(data).hexdigest()


def _text_sha256(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8"))
    return digest.hexdigest()
