"""Signatures and keys: tampering, swapping and rolling back are caught, offline, by us and by minisign."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.releasing.current import current
from etl.releasing.manifest import digest, faults
from etl.releasing.reading import releases
from etl.releasing.seen import remember
from etl.releasing.signing import SigningError, release_key, trusted_comment
from etl.releasing.verifying import VerifyError, verify_archive, verify_folder
from tests.etl.releasing.conftest import Publisher


@pytest.fixture
def two(publisher: Publisher) -> Publisher:
    """Two releases."""
    publisher.release()
    publisher.titled("改").release()
    return publisher


def public_of(publisher: Publisher) -> str:
    return (publisher.place.releases / "small" / "minisign.pub").read_text("utf-8")


def test_the_first_run_makes_a_key_that_only_its_owner_reads(publisher: Publisher) -> None:
    publisher.release()
    key = publisher.place.private / "release.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert [p.name for p in key.parent.iterdir()] == ["release.key"]
    assert release_key(publisher.place.private).public == public_of(publisher)


def test_a_lost_key_is_never_replaced_in_silence(two: Publisher) -> None:
    (two.place.private / "release.key").unlink()
    with pytest.raises(SigningError, match=r"找不到签名密钥 .*：请从备份恢复"):
        two.titled("再改").release()
    assert len(two.history.recorded) == 2


def test_another_key_is_noticed(two: Publisher) -> None:
    (two.place.private / "release.key").write_bytes(bytes(range(40)))
    with pytest.raises(SigningError, match="不是一对"):
        two.titled("再改").release()


def test_a_damaged_key_is_told(two: Publisher) -> None:
    (two.place.private / "release.key").write_bytes(b"x")
    with pytest.raises(SigningError, match="已损坏：请从备份恢复"):
        two.titled("再改").release()


def alter(folder: Path) -> None:
    path = folder / "data" / "target.csv"
    path.write_text(path.read_text("utf-8").replace("2.65", "9.65"), "utf-8")


def alter_with_manifest(folder: Path) -> None:
    alter(folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"]["data/target.csv"]["sha256"] = digest(folder / "data" / "target.csv")
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def remove(folder: Path) -> None:
    (folder / "data" / "region.json").unlink()


def add(folder: Path) -> None:
    (folder / "data" / "more.csv").write_text("x", "utf-8")


def link_elsewhere(folder: Path) -> None:
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to("/etc/hostname")


def swap(folder: Path) -> None:
    other = folder.parent / "1.0.0"
    shutil.rmtree(folder)
    shutil.copytree(other, folder)


def swap_signature(folder: Path) -> None:
    shutil.copy(folder.parent / "1.0.0" / "manifest.json.minisig", folder)


def change_comment(folder: Path) -> None:
    path = folder / "manifest.json.minisig"
    path.write_text(path.read_text("utf-8").replace("counter=2", "counter=9"), "utf-8")


def remove_signature(folder: Path) -> None:
    (folder / "manifest.json.minisig").unlink()


HARM: list[Callable[[Path], None]] = [
    *(alter, alter_with_manifest, remove, add, link_elsewhere),
    *(swap, swap_signature, change_comment, remove_signature),
]


@pytest.mark.parametrize("harm", HARM, ids=lambda harm: harm.__name__)
def test_a_harmed_release_is_refused_and_the_last_good_one_serves_loudly(
    harm: Callable[[Path], None], two: Publisher, caplog: pytest.LogCaptureFixture
) -> None:
    folder = two.place.releases / "small" / "1.0.1"
    caplog.clear()
    harm(folder)
    # Another place: what this process has verified before is not looked into again.
    moved = two.place.releases.parent / harm.__name__
    shutil.copytree(two.place.releases, moved, symlinks=True)
    found = current(moved, "small")
    assert found is not None
    assert (found.version, found.counter) == ("1.0.0", 1)
    assert found.warning == "small 的当前版本已损坏或缺失，改用 1.0.0：请重新运行 make build。"
    assert caplog.messages == [found.warning]
    assert [r.version for r in releases(moved, "small") if r.verified] == ["1.0.0"]
    if harm is not swap:
        assert faults(moved / "small" / "1.0.1", public_of(two))


def test_an_old_release_passed_off_as_the_newest_is_noticed(two: Publisher, caplog: pytest.LogCaptureFixture) -> None:
    pointer = two.place.releases / "small" / "current.json"
    pointer.write_text(pointer.read_text("utf-8").replace("1.0.1", "1.0.0"), "utf-8")
    os.utime(two.place.releases / "small" / "1.0.1", (0, 0))
    found = current(two.place.releases, "small")
    assert found is not None
    assert found.warning == "small 正在使用旧版 1.0.0，另有更新的 1.0.1：请运行 make build。"
    assert found.warning in caplog.messages


def test_an_older_counter_than_seen_is_refused_unless_asked_for(two: Publisher, tmp_path: Path) -> None:
    public = public_of(two)
    new, old = (verify_folder(two.of(v).folder, public) for v in ("1.0.1", "1.0.0"))
    remember(tmp_path / "me", public, new, older=False)
    remember(tmp_path / "me", public, new, older=False)
    with pytest.raises(VerifyError, match=r"这是 small 的第 1 版（1\.0\.0），此前见过第 2 版"):
        remember(tmp_path / "me", public, old, older=False)
    remember(tmp_path / "me", public, old, older=True)
    remember(tmp_path / "other", public, old, older=False)


def test_a_zip_is_checked_whole(two: Publisher, tmp_path: Path) -> None:
    one, public = two.of("1.0.1"), public_of(two)
    signature = Path(f"{one.archive}.minisig").read_text("utf-8")
    assert verify_archive(one.archive, public, signature).version == "1.0.1"
    other = Path(f"{two.of('1.0.0').archive}.minisig").read_text("utf-8")
    with pytest.raises(VerifyError, match="签名缺失或不成立"):
        verify_archive(one.archive, public, other)
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(one.archive) as old, zipfile.ZipFile(forged, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, data.replace(b"2.65", b"9.65") if entry.filename.endswith(".csv") else data)
    with pytest.raises(VerifyError, match=r"文件 data/target\.csv 与清单不符。"):
        verify_archive(forged, public)


@pytest.mark.parametrize("name", ["../x", "/x", "small-1.0.1/../../x", "x"])
def test_row_24_a_zip_that_leads_elsewhere_is_not_unpacked(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(VerifyError, match="没有解开"):
        verify_archive(tmp_path / "a.zip", "")
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_what_is_no_zip_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    with pytest.raises(VerifyError, match=r"a\.zip 不是完好的 zip 文件：请重新下载。"):
        verify_archive(tmp_path / "a.zip", "")


def test_minisign_accepts_our_key_and_signature_and_nothing_else(tmp_path: Path) -> None:
    if shutil.which("minisign") is None:
        assert not os.environ.get("CI"), "no minisign: run .ci/packages"
        pytest.skip("没有 minisign：跳过。请运行 .ci/packages。")
    key, file = release_key(tmp_path / "private"), tmp_path / "a.bin"
    file.write_bytes(os.urandom(300_000))
    (tmp_path / "k.pub").write_text(key.public, "utf-8")
    Path(f"{file}.minisig").write_text(key.sign(file, "版本 1.0.0"), "utf-8")
    command = ["minisign", "-V", "-p", str(tmp_path / "k.pub"), "-m", str(file)]
    assert subprocess.run(command, capture_output=True).returncode == 0
    assert trusted_comment(file, key.sign(file, "版本 1.0.0"), key.public) == "版本 1.0.0"
    file.write_bytes(b"other")
    assert subprocess.run(command, capture_output=True).returncode == 1
    with pytest.raises(SigningError, match="签名不成立"):
        trusted_comment(file, Path(f"{file}.minisig").read_text("utf-8"), key.public)


@pytest.mark.parametrize("public", ["", "x", "untrusted comment: x\nRWQ=\n"])
def test_a_public_key_that_is_none_is_told(public: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a", "utf-8")
    with pytest.raises(SigningError, match="公钥不是 minisign 的写法"):
        trusted_comment(tmp_path / "a", "", public)
