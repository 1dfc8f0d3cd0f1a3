"""The commands about releases, as a person uses them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import Deployment
from tests.etl.commanding import Etl, commanding

NAME = "qinghe-joint"


@pytest.fixture
def etl(deployment: Deployment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Etl:
    """Run a command on the fictional collection alone."""
    (deployment.datasets / "zhenjiang-stb").rename(deployment.datasets.parent / "zhenjiang-stb")
    return commanding(deployment, monkeypatch, capsys)


@pytest.fixture
def standalone(deployment: Deployment) -> None:
    """The fictional collection takes its tables from the first one, which must stand beside it."""
    path = deployment.datasets / NAME / "datapackage.yaml"
    base = deployment.datasets.parent / "zhenjiang-stb" / "datapackage.yaml"
    path.write_text(path.read_text("utf-8").replace("../zhenjiang-stb/datapackage.yaml", str(base)), "utf-8")


@pytest.fixture
def site(deployment: Deployment) -> Iterator[str]:
    """The folder of releases over http, on this machine."""
    handler = partial(_Quiet, directory=str(deployment.releases))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Nothing."""


def test_a_life_of_releases(standalone: None, etl: Etl, deployment: Deployment, site: str) -> None:
    home, folder = deployment.releases / NAME, deployment.datasets / NAME
    dry = etl("release", "--dry-run")
    assert (dry.code, dry.err) == (0, "")
    assert "qinghe-joint：将发布 1.0.0（2026-11-20）" in dry.out
    assert not (folder / "releases.csv").exists()
    first = etl("release", "--summary", "首次发布。")
    assert "qinghe-joint 1.0.0：已发布（2026-11-20）。" in first.out
    assert "首次发布。" in (folder / "CHANGELOG.md").read_text("utf-8")
    assert "没有差别，没有发布" in etl("release").out

    etl("correct", "set", "qhx-40555dd5c4.tap-water", "name", "饮水", "--reason", "据原文", "--collection", NAME)
    pending = etl("build")
    assert "仍提供 1.0.0；运行 etl release 发布为 1.0.1" in pending.out
    assert "据原文（cor-0001）" in etl("release", "--date", "2026-12-01").out
    assert "→ 1.0.1  2026-12-01" in etl("releases").out
    assert etl("build").out == "qinghe-joint 1.0.1：没有变化。Nothing changed.\n"

    assert etl("rollback", "1.0.0").out == "qinghe-joint：现在提供 1.0.0。Serving 1.0.0.\n"
    assert "已由 1.0.1 退回" in etl("releases").out
    assert etl("rollback", "1.0.1").code == 0
    assert "可回到：1.0.0、1.0.1" in etl("rollback", "9.9.9").err

    assert "校验通过：qinghe-joint 1.0.1" in etl("verify", str(home / "1.0.1")).out
    assert "此前见过第 2 版" in etl("verify", str(home / "1.0.0")).err
    assert etl("verify", "--older", str(home / "1.0.0")).code == 0
    archive = f"{NAME}/1.0.1/{NAME}-1.0.1.zip"
    assert "校验通过" in etl("verify", str(deployment.releases / archive)).out
    key = ("--key", (home / "minisign.pub").read_text("utf-8").splitlines()[-1])
    assert "校验通过" in etl("verify", "--allow-private", *key, f"{site}/{archive}").out
    assert "内部网络" in etl("verify", *key, f"{site}/{archive}").err
    assert etl("verify", "--allow-private", f"{site}/none.zip").code == 1

    assert "没有可删的" in etl("prune", "--keep", "1").out
    etl("correct", "set", "qhx-40555dd5c4.tap-water", "name", "水", "--reason", "再据原文", "--collection", NAME)
    assert etl("release").code == 0
    assert etl("prune", "--keep", "1").out == "qinghe-joint：已删去 1.0.0。\n"
    assert "  1.0.0  2026-11-20" in etl("releases").out
    assert "不在本机，可重做" in etl("releases").out
    assert "1.0.0：已重做" in etl("releases", "--rebuild", "1.0.0").out
    assert "没有 9.9.9 这一版，有：1.0.0、1.0.1、1.0.2。" in etl("releases", "--rebuild", "9.9.9").err


def test_wrong_wishes_are_told_in_one_sentence(standalone: None, etl: Etl, tmp_path: Path) -> None:
    for arguments, words in [
        (("release", "--date", "24.11.2026"), "不是日期：请写成 2026-11-24 这样"),
        (("rollback", "1.0.0"), "可回到：（没有）"),
        (("verify", str(tmp_path)), "没有公钥，无从核对"),
        (("verify", "--key", "RW" + "A" * 54, str(tmp_path / "none")), "找不到"),
        (("redact", "qhx-src-40555dd5c4", "1", "3", "--reason", "误公开"), "不足 4 个字"),
        (("redact", "qhx-src-none", "1", "9", "--reason", "误公开"), "没有来源 qhx-src-none"),
    ]:
        said = etl(*arguments)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
        assert words in said.err


def test_what_was_published_by_mistake_is_taken_down(standalone: None, etl: Etl, deployment: Deployment) -> None:
    etl("release")
    text = next((deployment.releases / NAME / "1.0.0" / "sources").glob("*40555*.txt"))
    value = "自来水普及率"
    start = text.read_bytes().decode("utf-8").index(value)
    said = etl("redact", text.stem, str(start), str(start + len(value)), "--reason", "误公开")
    assert said.code == 0
    assert "重做并重新签名的版本：1.0.0。" in said.out
    files = [p for p in deployment.releases.rglob("*") if p.is_file()]
    assert [p for p in files if value.encode() in p.read_bytes()] == []
    assert "redactions=1" in (deployment.releases / NAME / "1.0.0+r1" / "manifest.json.minisig").read_text("utf-8")
