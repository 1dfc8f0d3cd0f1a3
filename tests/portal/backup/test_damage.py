"""Backups that must not be taken in, and places where none can be made: said in words, and nothing is changed."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.backup.errors import BackupError
from portal.backup.making import BESIDE, make
from portal.backup.restoring import restore
from portal.private import Private, open_private
from tests.portal.people import member
from tests.services import address

ROOT = Path(__file__).resolve().parents[3]
Files = dict[str, bytes]


@pytest.fixture
def backup(private: Private, tmp_path: Path) -> Path:
    member(private, "有人")
    (private.folder / "release.key").write_bytes(b"k" * 40)
    return make(private.folder, address(private.storage), tmp_path / "backup.zip")


def told(private: Private) -> dict[str, bytes]:
    """Every file of the private folder that a restore could change."""
    files = (p for p in private.folder.rglob("*") if p.is_file() and not p.name.endswith(("-wal", "-shm")))
    return {p.relative_to(private.folder).as_posix(): p.read_bytes() for p in files}


def unpacked(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, files: Files) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def in_manifest(archived: Files, **changes: object) -> Files:
    return {**archived, "manifest.json": json.dumps({**json.loads(archived["manifest.json"]), **changes}).encode()}


def with_file(files: Files, name: str) -> Files:
    listed = {**json.loads(files["manifest.json"])["files"], name: "0" * 64}
    return {**in_manifest(files, files=listed), name: b"x"}


CHANGED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a changed byte": (lambda f: {**f, "private/release.key": b"K" + f["private/release.key"][1:]}, "校验值不符"),
    "a file missing": (lambda f: {n: c for n, c in f.items() if n != "private/release.key"}, "与清单不一致"),
    "a file too many": (lambda f: {**f, "private/more": b""}, "与清单不一致"),
    "no manifest": (lambda f: {n: c for n, c in f.items() if n != "manifest.json"}, "没有清单"),
    "a manifest that is none": (lambda f: {**f, "manifest.json": b"[]"}, "没有清单"),
    "a way out": (lambda f: with_file(f, "../../evil"), "不该有的文件名"),
    "a way to the root": (lambda f: with_file(f, "/tmp/evil"), "不该有的文件名"),  # noqa: S108 - never written
    "another hash of a table": (lambda f: in_manifest(f, tables={"account": "0"}), "与备份时不一致"),
    "a newer program": (lambda f: in_manifest(f, format=2), "请先升级程序"),
    "newer tables": (lambda f: in_manifest(f, revision="9999"), "请先升级程序"),
    "another kind": (lambda f: in_manifest(f, kind="postgresql"), "请改 DATABASE_URL"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_changed_backup_is_refused_in_words_and_nothing_changes(private: Private, backup: Path, what: str) -> None:
    change, words = CHANGED[what]
    packed(backup, change(unpacked(backup)))
    before = told(private)
    with pytest.raises(BackupError, match=words):
        restore(private.folder, address(private.storage), backup)
    assert told(private) == before
    assert not list(private.folder.glob(".restore-*"))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_cut_off_backup_is_refused(private: Private, backup: Path, share: float) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BackupError, match="什么都没有改动"):
        restore(private.folder, address(private.storage), backup)


def test_any_flipped_byte_is_noticed(private: Private, backup: Path, tmp_path: Path) -> None:
    whole, flipped = backup.read_bytes(), tmp_path / "flipped.zip"
    before = told(private)
    for place in range(40, len(whole) - 40, len(whole) // 40):
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        try:
            restore(private.folder, address(private.storage), flipped)
        except BackupError as error:
            assert "什么都没有改动" in str(error)
            assert told(private) == before
        else:
            # A byte that says nothing of the contents, such as the time of a member.
            assert unpacked(flipped) == unpacked(backup)
            before = told(private)


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_else(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert not list(backup.parent.glob(f"{BESIDE}*"))


def test_no_backup_takes_the_place_of_another_file(private: Private, backup: Path) -> None:
    with pytest.raises(BackupError, match="已经存在"):
        make(private.folder, address(private.storage), backup)


def test_no_backup_lies_beside_its_originals(private: Private) -> None:
    with pytest.raises(BackupError, match="不能放在"):
        make(private.folder, address(private.storage), private.folder / "backup.zip")


def test_a_place_that_can_not_be_written_is_a_sentence(private: Private) -> None:
    with pytest.raises(BackupError, match="写不进"):
        make(private.folder, address(private.storage), Path("/proc/none/backup.zip"))


def test_a_signing_key_that_is_there_stays(private: Private, backup: Path) -> None:
    (private.folder / "release.key").write_bytes(b"n" * 40)
    assert restore(private.folder, address(private.storage), backup).changed == ("release.key",)
    assert (private.folder / "release.key").read_bytes() == b"n" * 40


def portal(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "VAR_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "portal", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_the_commands_back_up_and_restore_and_keep_what_was_there(tmp_path: Path) -> None:
    var, backups = tmp_path / "var", tmp_path / "backups"
    backups.mkdir()
    open_private(var / "private").storage.close()
    made = portal(var, "backup", str(backups))
    path = next(backups.iterdir())
    assert (made.returncode, str(path) in made.stdout, made.stderr) == (0, True, "")
    done = portal(var, "restore", str(path))
    assert (done.returncode, "已恢复到" in done.stdout, "另存在" in done.stdout, done.stderr) == (0, True, True, "")
    assert len(list(backups.iterdir())) == 2
    path.write_bytes(b"PK")
    refused = portal(var, "restore", str(path))
    assert (refused.returncode, refused.stderr.count("\n"), "不是完好的备份" in refused.stderr) == (1, 1, True)
