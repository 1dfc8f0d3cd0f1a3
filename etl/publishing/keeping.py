"""What was released stays to be had: packages made again from the ledgers, going back, giving up what can be made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.files import write_atomically
from etl.inputs import folder_of
from etl.publishing.checked import database
from etl.publishing.histories import Content, History, HistoryError, content_of, last_content
from etl.publishing.redactions import read_redactions
from etl.releasing.current import Build, current, rolled_back_from
from etl.releasing.edition import Edition, write_edition
from etl.releasing.manifest import is_sound, release_folder
from etl.releasing.reading import Release, release, releases
from etl.releasing.recorded import Recorded
from etl.releasing.signing import PUBLIC, Key, SigningError, release_key
from etl.releasing.switch import in_place, made, point, publisher, throw_away
from etl.tables import Row

KEPT = 5
Other = Callable[[], Content]
TextsOf = Callable[[Sequence[Row]], Mapping[str, str]]


@dataclass(frozen=True)
class Place:
    """Where releases stand, and what is never served: key, originals held back."""

    releases: Path
    private: Path


def key_of(private: Path, home: Path) -> Key:
    """The key that signs; made on the first run, refused where another one signed what stands there."""
    published = (home / PUBLIC).exists()
    key = release_key(private, published)
    if published and (home / PUBLIC).read_text("utf-8") != key.public:
        raise SigningError(
            f"签名密钥与 {home / PUBLIC} 不是一对：请从备份恢复密钥；"
            f"确要换用新密钥，请删去 {home} 后重新运行 make build。"
        )
    return key


def publish_key(home: Path, key: Key) -> None:
    """Put the public key beside the releases."""
    if not (home / PUBLIC).exists():
        write_atomically(home / PUBLIC, key.public, durable=True)


def keep_last(history: History, content: Content, texts: Mapping[str, str], place: Place, inputs_hash: str) -> Build:
    """Have the last release stand and served; its package is made again where it is missing or damaged."""
    assert history.last is not None, "nothing was released yet"
    with publisher(place.releases, history.collection.name) as home:
        folder = standing(history, content, texts, home, place.private)
        served, back = current(place.releases, home.name), rolled_back_from(home)
        stays = served is not None and served.warning is None and back == history.last.version
        point(home, served.folder if served and stays else folder, inputs_hash, back if stays else None)
    return in_place(place.releases, history.collection.name)


def serve_last(history: History, releases_dir: Path) -> Build | None:
    """Serve the last release as it stands; None where it does not."""
    assert history.last is not None, "nothing was released yet"
    name, last = history.collection.name, history.last.version
    served, found = current(releases_dir, name), release(releases_dir, name, last)
    is_good = served is not None and not served.is_draft and served.warning is None
    if served and is_good and last in (served.version, rolled_back_from(releases_dir / name)):
        return served
    if found is None or not found.verified:
        return None
    with publisher(releases_dir, name) as home:
        point(home, found.folder, "")
    return in_place(releases_dir, name)


def rebuild(history: History, version: str, texts_of: TextsOf, place: Place, *others: Other) -> Release:
    """Make the package of a past release again; HistoryError where it would not hold the same.

    `texts_of` gives the masked texts of a release's sources, as far as they can be had.
    """
    content = content_of(history, version, last_content(history, place.releases, others))
    with publisher(place.releases, history.collection.name) as home:
        texts = _fitting(content, texts_of(content.rows.get("source", [])))
        standing(history.until(version), content, texts, home, place.private)
    found = release(place.releases, history.collection.name, version)
    assert found is not None, "it was just put there"
    return found


def roll_back(history: History, version: str, releases_dir: Path) -> Build:
    """Serve an older release until the next one is published; it must stand there and be sound."""
    name, last = history.collection.name, history.last
    wanted = release(releases_dir, name, version)
    if wanted is None or not wanted.verified or last is None:
        there = "、".join(r.version for r in releases(releases_dir, name) if r.verified) or "（没有）"
        raise HistoryError(
            f"{name} {version} 不在 {releases_dir / name} 或没有通过校验，可回到：{there}。"
            f"缺少的版本先用 etl releases --rebuild {version} 重做。"
        )
    served = current(releases_dir, name)
    with publisher(releases_dir, name) as home:
        back = None if version == last.version else last.version
        point(home, wanted.folder, served.inputs_hash if served else "", rolled_back_from=back)
    return in_place(releases_dir, name)


def prune(history: History, releases_dir: Path, keep: int, *, dry_run: bool) -> list[Release]:
    """Give up packages that the ledgers can make again, all but the newest `keep` and the one that is served."""
    name = history.collection.name
    served = current(releases_dir, name)
    found = [r for r in releases(releases_dir, name) if served is None or r.folder != served.folder]
    spare = found[: max(0, len(found) - keep)]
    last = last_content(history, releases_dir, ()) if spare else None
    can_go = [r for r in spare if last and _can_be_made(history, r, last)]
    if not dry_run and can_go:
        with publisher(releases_dir, name):
            for one in can_go:
                throw_away(one.folder)
    return can_go


def standing(
    history: History,
    content: Content,
    texts: Mapping[str, str],
    home: Path,
    private: Path,
    redactions: Sequence[Mapping[str, Any]] | None = None,
) -> Path:
    """The folder of the last release of a history, made where it is not there whole.

    `redactions` are all that were ever decided, where they are not recorded yet.
    """
    last = history.last
    assert last is not None, "nothing was released yet"
    folder = home / release_folder(last.version, last.redactions)
    if is_sound(folder):
        return folder
    key = key_of(private, home)
    publish_key(home, key)
    if redactions is None:
        redactions = [one.public for one in read_redactions(folder_of(history.collection))]
    # Only a release that was published before a decision bears a word about it.
    told = [one for one in redactions if last.redactions and one["at"][:10] >= last.released_on]
    edition = Edition(content.collection, content.rows, texts, history.recorded, history.noted, told)
    return made(home, lambda draft: write_edition(edition, key, database, draft))


def _can_be_made(history: History, one: Release, last: Content) -> bool:
    """Whether the ledgers lead to exactly what this release holds."""
    try:
        content_of(history, one.version, last)
    except HistoryError:
        return False
    return _line(history, one.version).content_hash == one.content_hash


def _line(history: History, version: str) -> Recorded:
    return next(one for one in history.recorded if one.version == version)


def _fitting(content: Content, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that this content was read from: each source by id, as far as the sums of its notices agree."""
    stated = {r["source_id"]: r.get("text_sha256") for r in content.rows.get("notice", ())}
    known = {row["source_id"] for row in content.rows.get("source", ())}
    return {i: t for i, t in texts.items() if i in known and stated.get(i) in (None, _sum(t))}


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
