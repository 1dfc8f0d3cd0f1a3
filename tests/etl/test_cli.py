"""The command line as a person uses it: every failure is one plain sentence, and nothing is half done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from etl.cli import COMMANDS
from tests.conftest import ROOT, Deployment
from tests.etl.commanding import Etl, Said, commanding

SEED = ROOT / "datasets" / "zhenjiang-stb" / "sources" / "2017-02-16-kjcxgzyd.txt"
QINGHE = ("--collection", "qinghe-joint")
TAP_WATER = "qhx-40555dd5c4.tap-water"


@pytest.fixture
def etl(deployment: Deployment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Etl:
    """Run a command on a deployment of one's own."""
    return commanding(deployment, monkeypatch, capsys)


def failed(said: Said, words: str) -> None:
    """It failed in one sentence that holds the words, with nothing on standard output."""
    assert said.code != 0
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert words in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_chinese_and_english(etl: Etl, name: str) -> None:
    said = etl(name, "--help")
    assert said.code == 0
    lines = [line.strip() for line in said.out.splitlines() if line.strip()]
    assert any("\u4e00" <= c <= "\u9fff" for c in lines[1])
    assert any(line[:1].isascii() and line[:1].isupper() and line.count(" ") > 3 for line in lines[2:4])


def test_the_first_notice_is_extracted_as_json(etl: Etl) -> None:
    said = etl("extract", str(SEED), "--format", "json")
    assert said.code == 0
    found = json.loads(said.out)
    text = SEED.read_bytes().decode()
    assert found["notice"]["document_number"] == "镇科党〔2017〕13号"
    assert found["notice"]["document_number_as_published"] == "镇科党201713"
    assert (len(found["chapters"]), len(found["tasks"])) == (5, 20)
    assert len([t for t in found["targets"] if "borderline" not in t["flags"]]) == 17
    for record in (*found["targets"], *found["citations"], *found["organisations"]):
        assert text[record["start"] : record["end"]] == record["quote"]
    [held] = found["quarantine"]
    assert held["line"] == text.count("\n", 0, held["start"]) + 1
    assert text[held["start"] : held["end"]] not in said.out
    assert "text" not in found
    assert "rejected" not in found


def test_the_same_bytes_from_standard_input_say_the_same(etl: Etl) -> None:
    assert etl("extract", "-", stdin=SEED.read_bytes()).out == etl("extract", str(SEED)).out


def test_html_carries_the_text_that_the_offsets_count_in(etl: Etl, deployment: Deployment) -> None:
    page = deployment.datasets / "qinghe-joint" / "sources" / "2025-01-fenjie.html"
    found = json.loads(etl("extract", str(page), "--explain").out)
    assert found["source"] == {"media_type": "text/html", "encoding": "gb18030", "chars": len(found["text"])}
    assert found["targets"]
    assert all(found["text"][t["start"] : t["end"]] == t["quote"] for t in found["targets"])
    assert all({"quote", "rule", "reason"} <= rejected.keys() for rejected in found["rejected"])
    assert [found["text"][h["start"] : h["end"]].strip("█") for h in found["quarantine"]] == [""]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("none.txt", None, "找不到"), ("empty.txt", b"", "空的"), ("rubbish", bytes(range(128, 256)) * 20, "请")],
)
def test_what_cannot_be_extracted_is_refused_by_name(
    etl: Etl, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    said = etl("extract", str(tmp_path / name))
    failed(said, words)
    assert name in said.err


def test_a_folder_and_an_empty_standard_input_are_refused(etl: Etl, tmp_path: Path) -> None:
    failed(etl("extract", str(tmp_path)), "是文件夹，不是文件")
    failed(etl("extract", "-"), "标准输入：文件是空的")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nix",), "没有命令 nix"),
        (("extract",), "缺少 FILE|-"),
        (("extract", "a", "b"), "参数多了"),
        (("extract", "a", "--formt", "json"), "没有选项 --formt"),
        (("extract", "a", "--format", "xml"), "--format 的值不能用"),
        (("correct", "reject", "x"), "缺少 --reason"),
    ],
)
def test_a_command_written_wrong_says_what_is_wrong(etl: Etl, arguments: tuple[str, ...], words: str) -> None:
    said = etl(*arguments)
    failed(said, words)
    assert said.code == 2


def test_everything_is_built_and_built_again_nothing_changed(etl: Etl) -> None:
    first = etl("build")
    assert (first.code, first.err) == (0, "")
    assert "qinghe-joint 1.0.0：草稿 1.0.0-" in first.out
    assert "zhenjiang-stb 1.0.0：草稿 " in first.out
    again = etl("build")
    assert again.out.splitlines() == [
        "qinghe-joint 1.0.0：没有变化。Nothing changed.",
        "zhenjiang-stb 1.0.0：没有变化。Nothing changed.",
    ]
    assert etl("check").out.count("，0 处问题。") == 2


def test_a_collection_that_fails_does_not_keep_the_others_from_being_built(etl: Etl, deployment: Deployment) -> None:
    (deployment.datasets / "qinghe-joint" / "datapackage.yaml").write_text("base: [", "utf-8")
    failed(etl("build"), "不是可读的 YAML")
    (deployment.datasets / "qinghe-joint" / "datapackage.yaml").write_bytes(
        (ROOT / "tests/collections/qinghe-joint/datapackage.yaml").read_bytes()
    )
    (deployment.datasets / "qinghe-joint" / "sources" / "2021-03-lianhe.txt").unlink()
    said = etl("build")
    assert said.code == 1
    assert "zhenjiang-stb 1.0.0：草稿" in said.out
    assert "找不到原件" in said.err


def test_unknown_collections_and_folders_that_cannot_be_written_are_said(
    etl: Etl, deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed(etl("build", "nix"), "没有数据集“nix”")
    failed(etl("correct", "reject", "x", "--reason", "y"), "请用 --collection 指明数据集：qinghe-joint、zhenjiang-stb")
    deployment.var.write_text("a file where the folder should be")
    said = etl("build", "qinghe-joint")
    assert said.code == 1
    assert str(deployment.var) in said.err
    assert "Traceback" not in said.err
    monkeypatch.setenv("DATASETS_DIR", str(deployment.var / "none"))
    failed(etl("build"), "没有数据集")


def test_a_broken_table_is_found_by_the_check(etl: Etl, deployment: Deployment) -> None:
    etl("build", "qinghe-joint")
    path = deployment.datasets / "qinghe-joint" / "data" / "target.csv"
    good = path.read_text("utf-8")
    path.write_text(good.replace(",qhx-40555dd5c4.t01,", ",qhx-40555dd5c4.t99,"), "utf-8")
    said = etl("check", "qinghe-joint")
    assert said.code == 1
    assert "qhx-40555dd5c4.t99 不在表 task 中" in said.err
    path.write_text(good + '"', "utf-8")
    failed(etl("check", "qinghe-joint"), "target.csv")


NOTICE = "东塘县关于2022年试点工作的通知\n\n1. 新建基地{n}个。\n\n东塘县科技局\n2022年3月1日\n"


def test_a_file_is_captured_once_under_a_readable_name(etl: Etl, deployment: Deployment, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE.format(n=3), "utf-8")
    said = etl("capture", str(tmp_path / "a.txt"), *QINGHE, "--path-on", "2022-03-05", "--note", "来自来信")
    assert said.code == 0
    assert "已收录为 2022-03-01-" in said.out
    [name] = [p.name for p in (deployment.datasets / "qinghe-joint" / "sources").glob("2022-03-01-*.txt")]
    table = (deployment.datasets / "qinghe-joint" / "sources.csv").read_text("utf-8")
    [row] = [line for line in table.splitlines() if line.startswith(name)]
    assert row.split(",")[4:] == ["text/plain", "utf-8", "2022-03-05", "", "来自来信"]
    again = etl("capture", str(tmp_path / "a.txt"), *QINGHE)
    assert (again.code, "完全相同" in again.out) == (0, True)
    assert (deployment.datasets / "qinghe-joint" / "sources.csv").read_text("utf-8") == table
    assert etl("build", "qinghe-joint").code == 0


def test_a_folder_is_captured_and_what_cannot_be_read_is_refused_before_anything_is_written(
    etl: Etl, deployment: Deployment, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(NOTICE.format(n=4), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 this is no archive")
    before = {p.name for p in (deployment.datasets / "qinghe-joint" / "sources").iterdir()}
    said = etl("capture", str(folder), *QINGHE)
    assert said.code == 1
    assert said.out.count("✓") == 1
    assert said.err.count("✗") == said.err.count("\n") == 2
    assert len({p.name for p in (deployment.datasets / "qinghe-joint" / "sources").iterdir()} - before) == 1


def test_an_original_with_personal_data_stays_private_and_is_still_built(
    etl: Etl, deployment: Deployment, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(NOTICE.format(n=5) + "联系电话：13812345678\n", "utf-8")
    assert "只存于 var/private" in etl("capture", str(tmp_path / "a.txt"), *QINGHE).out
    assert not [p for p in deployment.datasets.rglob("*") if p.is_file() and b"13812345678" in p.read_bytes()]
    assert etl("build", "qinghe-joint").code == 0


def test_addresses_inside_the_network_are_refused(etl: Etl) -> None:
    failed(etl("capture", "http://127.0.0.1:9/x", *QINGHE), "内部网络")
    failed(etl("capture", "ftp://example.org/x", *QINGHE), "http")


def test_an_editor_sets_rejects_releases_and_sees_what_waits(etl: Etl, deployment: Deployment) -> None:
    etl("build", "qinghe-joint")
    why = ("--reason", "据公报", *QINGHE)
    assert etl("correct", "set", TAP_WATER, "value", "93", *why).out.startswith("已记录 cor-0001")
    etl("build", "qinghe-joint")
    table = deployment.datasets / "qinghe-joint" / "data" / "target.csv"
    [row] = [line for line in table.read_text("utf-8").splitlines() if line.startswith(TAP_WATER)]
    assert ",93,,,%," in row
    failed(etl("correct", "set", TAP_WATER, "value", "很多", *why), "应当是数字")
    failed(etl("correct", "set", TAP_WATER, "valu", "93", *why), "没有列“valu”")
    failed(etl("correct", "set", "qhx-nix", "value", "93", *why), "没有编号 qhx-nix")
    failed(etl("correct", "reject", TAP_WATER, *why, "--by", "李四"), "不写姓名")
    assert etl("correct", "reject", TAP_WATER, *why).code == 0
    etl("build", "qinghe-joint")
    assert TAP_WATER not in table.read_text("utf-8")
    assert etl("review", "qinghe-joint").code == 0
    waiting: dict[str, Any] = json.loads(etl("review", "qinghe-joint", "--format", "json").out)
    assert waiting["collection"] == "qinghe-joint"
    assert waiting["conflicts"] == []


def test_a_table_with_decisions_that_cannot_be_read_is_said(etl: Etl, deployment: Deployment) -> None:
    (deployment.datasets / "qinghe-joint" / "corrections.csv").write_text("correction_id\ncor-1\n", "utf-8")
    said = etl("build", "qinghe-joint")
    failed(said, "corrections.csv 第 1 行缺少列")


def test_extract_starts_fast_and_loads_nothing_that_it_does_not_need() -> None:
    code = "import sys, etl.cli\ntry: etl.cli.main(['extract', sys.argv[1]])\nexcept SystemExit: pass\n"
    code += (
        "heavy = {'frictionless', 'trafilatura', 'pdfplumber', 'rich', 'sqlite_utils', 'pypinyin'} & set(sys.modules)\n"
    )
    code += "assert not heavy, heavy"
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, str(SEED)], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - started < 5


def test_an_interrupted_build_says_what_was_kept(deployment: Deployment) -> None:
    folder = deployment.datasets / "qinghe-joint"
    header, *rows = (folder / "sources.csv").read_text("utf-8").splitlines()
    pipe = folder / "sources" / "slow.txt"
    os.mkfifo(pipe)
    row = f"slow.txt,,{'0' * 64},2026-11-21T00:00:00Z,text/plain,utf-8,,,"
    (folder / "sources.csv").write_text("\n".join([header, *rows, row]) + "\n", "utf-8")
    command = [sys.executable, "-m", "etl", "build", "qinghe-joint"]
    environment = deployment.environment | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as build:
        assert build.stdout is not None
        build.stdout.readline()
        build.send_signal(signal.SIGINT)
        _, err = build.communicate(timeout=120)
    assert build.returncode == 130
    assert err == "已中断：读完的来源都已留存，再次运行会从中断处继续；正在使用的数据没有变动。\n"
