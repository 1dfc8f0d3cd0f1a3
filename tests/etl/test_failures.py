"""Failures of the system and of files that people write are told in Chinese sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.declaration import DeclarationError
from etl.failures import sentence
from etl.site import load_site


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"title: [a\nb: }\n", "不是可读的 YAML：第 2 行第 2 列不合写法。请改正后再试。"),
        (b"a: 1\n b: 2\n", "不是可读的 YAML：第 2 行第 3 列不合写法。请改正后再试。"),
        ("题: 一".encode("gb18030"), "不是可读的 YAML：第 1 个字节起不是 UTF-8 文字。请改正后再试。"),
        (b"a: \x01\n", "不是可读的 YAML：含有不可用的字符。请改正后再试。"),
    ],
)
def test_a_broken_site_file_is_told_by_line_and_column(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "site.yml"
    path.write_bytes(content)
    with pytest.raises(DeclarationError) as refused:
        load_site(path)
    assert str(refused.value) == f"{path} {said}"


def test_a_folder_in_place_of_the_site_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="读不出来：请检查文件和权限后再试。"):
        load_site(tmp_path)


@pytest.mark.parametrize("below", ["", "private/cache"])
def test_a_folder_that_can_not_be_made_names_the_setting(below: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR_DIR", "/proc/nope")
    with pytest.raises(OSError) as failed:
        (Path("/proc/nope") / below).mkdir()
    assert sentence(failed.value) == (
        "不能在 /proc/nope 建立文件夹或写入文件，请检查权限，或把 VAR_DIR 设为另一处可写的文件夹后再试。"
    )


def test_a_file_that_is_missing_in_a_folder_that_is_there_is_just_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    missing = tmp_path / "a.txt"
    with pytest.raises(OSError) as failed:
        missing.read_bytes()
    assert sentence(failed.value) == f"找不到 {missing}，请检查后再试。"
