"""Which releases were seen before, so that an older one is not taken for the newest."""

from __future__ import annotations

import json
from pathlib import Path

from etl.files import write_atomically
from etl.releasing.content import sha256
from etl.releasing.manifest import Manifest
from etl.releasing.verifying import VerifyError

FILE = "seen.json"


def remember(private: Path, public: str, manifest: Manifest, *, older: bool) -> None:
    """Note a verified release; VerifyError where a later one of that key and collection was seen, unless `older`."""
    path = private / FILE
    seen = _read(path)
    name = f"{sha256(public.split()[-1].encode())[:16]}/{manifest.collection}"
    highest = seen.get(name, 0)
    if manifest.counter < highest and not older:
        raise VerifyError(
            f"这是 {manifest.collection} 的第 {manifest.counter} 版（{manifest.version}），此前见过第 {highest} 版："
            f"可能有人拿旧版顶替新版；确要核对旧版，请加 --older。"
        )
    if manifest.counter > highest:
        write_atomically(path, json.dumps({**seen, name: manifest.counter}, indent=1) + "\n")


def _read(path: Path) -> dict[str, int]:
    try:
        found: dict[str, int] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found
