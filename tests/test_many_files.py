"""An editor drops forty files into a folder, is interrupted, starts again, and loses nothing."""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Deployment
from tests.forty_files import FONT, GAMBLING, ID_NUMBER, make_forty

COLLECTION = "qinghe-joint"


def test_forty_files_are_taken_in_read_and_built(deployment: Deployment, tmp_path: Path) -> None:
    if not FONT.exists():
        assert not os.environ.get("CI"), "no Chinese font: run .ci/packages"
        pytest.skip("没有中文字体：请运行 .ci/packages。")
    names = make_forty(tmp_path / "incoming")
    assert len(names) == 40
    capture_with_an_interruption(deployment, tmp_path / "incoming", names)
    sources = kept_sources(deployment)
    assert len(sources) == 2 + 38
    nothing_personal_is_in_the_open(deployment)
    build_with_an_interruption(deployment, len(sources))
    what_was_built_is_whole(deployment)
    again = deployment.etl("build", COLLECTION)
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == f"{COLLECTION} {version(deployment)}：没有变化。Nothing changed.\n"


def capture_with_an_interruption(deployment: Deployment, folder: Path, names: list[str]) -> None:
    """Ctrl-C after the tenth file; started again, what was captured stays and only the rest is taken in."""
    first = interrupted(deployment, ["capture", str(folder), "--collection", COLLECTION], 10, signal.SIGINT)
    assert first.returncode == 130
    assert re.fullmatch(r"已中断：已收录 \d+ 件并登记，其余没有收录。", first.stderr.strip().splitlines()[-1])
    second = deployment.etl("capture", str(folder), "--collection", COLLECTION)
    assert second.returncode == 1
    said = {Path(line[2:].split("：")[0]).name: line[0] for line in second.stdout.splitlines() if line[0] in "✓="}
    refused = [line for line in second.stderr.splitlines() if line]
    assert [re.sub(r"/\S*/", "", line).split("。")[0] for line in refused] == [
        "✗ broken.docx：没有收录",
        "✗ scan.pdf：没有收录",
    ]
    assert "压缩格式已损坏，打不开" in refused[0]
    assert "没有文字层，像是扫描件" in refused[1]
    assert sorted([*said, "broken.docx", "scan.pdf"]) == names
    assert list(said.values()).count("=") >= 9
    assert "Traceback" not in second.stderr


def nothing_personal_is_in_the_open(deployment: Deployment) -> None:
    """The original with ID numbers lies in the private folder; the one with links stays as evidence."""
    folder = deployment.datasets / COLLECTION / "sources"
    assert not any(ID_NUMBER.encode() in path.read_bytes() for path in folder.iterdir())
    assert any(GAMBLING.encode() in path.read_bytes() for path in folder.iterdir())
    private = list((deployment.var / "private" / "originals" / COLLECTION).iterdir())
    assert [ID_NUMBER in path.read_text("utf-8") for path in private] == [True]


def build_with_an_interruption(deployment: Deployment, sources: int) -> None:
    """Killed in the middle; the next build reads only what was not read."""
    killed = interrupted(deployment, ["build", COLLECTION], 12, signal.SIGKILL)
    assert killed.returncode == -signal.SIGKILL
    kept = len(list((deployment.var / "private" / "cache").rglob("*.json")))
    assert 12 <= kept < sources
    built = deployment.etl("build", COLLECTION)
    assert (built.returncode, built.stderr) == (0, "")
    told = [line for line in built.stdout.splitlines() if line.startswith("✓")]
    assert len(told) == sources - kept


def what_was_built_is_whole(deployment: Deployment) -> None:
    """Each notice is there with its targets, and what was held back is masked everywhere."""
    data = deployment.datasets / COLLECTION / "data"
    titles = {row["title"] for row in rows(data / "notice.csv")}
    wanted = {
        f"关于做好第{n}批乡村建设试点工作的通知" for n in (*range(25), *range(30, 35), *range(40, 44), 50, 51, 61, 62)
    }
    assert wanted <= titles
    targets = {(row["name"], row["value"]) for row in rows(data / "target.csv")}
    assert {("示范基地", str(n + 10)) for n in range(25)} <= targets
    assert {("大棚", str(n)) for n in range(30, 35)} <= targets
    kinds = {row["kind"] for row in rows(data / "quarantine.csv")}
    assert {"id_number", "link"} <= kinds
    for path in (deployment.releases / COLLECTION).rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert ID_NUMBER.encode() not in content
            assert GAMBLING.encode() not in content


def interrupted(
    deployment: Deployment, arguments: list[str], after: int, by: signal.Signals
) -> subprocess.CompletedProcess[str]:
    """Run a command and send it a signal when it has said so many things."""
    command = [sys.executable, "-m", "etl", *arguments]
    environment = deployment.environment | {"PYTHONUNBUFFERED": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as process:  # type: ignore[call-overload]
        said = 0
        while said < after and (line := process.stdout.readline()):
            said += line.startswith("✓")
        process.send_signal(by)
        out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def kept_sources(deployment: Deployment) -> list[dict[str, str]]:
    return rows(deployment.datasets / COLLECTION / "sources.csv")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def version(deployment: Deployment) -> str:
    from etl.releasing.current import current

    found = current(deployment.releases, COLLECTION)
    assert found is not None
    return found.version
