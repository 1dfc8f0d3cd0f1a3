"""`etl verify`: is this release what was signed?"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import click

from etl.capture import CaptureRefused, capture
from etl.commands.collections import private_dir
from etl.places import releases_dir
from etl.releasing.manifest import Manifest
from etl.releasing.seen import remember
from etl.releasing.signing import PUBLIC, SUFFIX
from etl.releasing.verifying import VerifyError, verify_archive, verify_folder

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_KEY = re.compile(r"RW[A-Za-z0-9+/]{54}")
_SMALL = 1 << 16
_TIMEOUT = 300.0


@click.command("verify")
@click.argument("where", metavar="FOLDER|ZIP|URL")
@click.option("--key", help="公钥：minisign.pub 文件，或 RW 开头的一行。The public key: a file or its line.")
@click.option("--older", is_flag=True, help="允许比见过的更早的版本。Allow a version older than one seen before.")
@click.option("--allow-private", is_flag=True, help="允许内部网络的网址。Allow addresses in a private network.")
@click.option(
    "--max-mb", default=512, show_default=True, type=click.IntRange(1, 4096), help="下载的上限。Most to fetch."
)
def command(where: str, key: str | None, older: bool, allow_private: bool, max_mb: int) -> None:
    """核对一个版本的签名、每个文件的校验和，有无多出或缺少的文件，以及是否被换成旧版。

    Check signature and sums of a release, that no file is missing or extra, and that it is no older one in disguise.
    """
    if _ADDRESS.match(where):
        manifest, public = _from_address(where, key, allow_private, max_mb << 20)
    else:
        manifest, public = _from_path(Path(where), key)
    remember(private_dir(), public, manifest, older=older)
    click.echo(
        f"校验通过：{manifest.collection} {manifest.version}（{manifest.released_on}，第 {manifest.counter} 版），"
        f"{len(manifest.files)} 个文件，内容校验值 {manifest.content_hash}。Verified."
    )


def _from_path(path: Path, key: str | None) -> tuple[Manifest, str]:
    if path.is_dir():
        public = _public(key, [path.parent])
        return verify_folder(path, public), public
    if not path.exists():
        raise VerifyError(f"找不到 {path}：请给出版本的文件夹、zip 文件或网址。")
    public = _public(key, [path.parent, path.parent.parent])
    beside = path.with_name(path.name + SUFFIX)
    return verify_archive(path, public, beside.read_text("utf-8") if beside.exists() else None), public


def _from_address(url: str, key: str | None, allow_private: bool, most: int) -> tuple[Manifest, str]:
    public = _public(key, [])
    archive = capture(url, allow_private=allow_private, max_bytes=most, timeout=_TIMEOUT).data
    try:
        signature = capture(url + SUFFIX, allow_private=allow_private, max_bytes=_SMALL).data.decode("utf-8")
    except (CaptureRefused, UnicodeDecodeError) as error:
        raise VerifyError(f"取不到 {url}{SUFFIX}：没有签名的文件无从核对。") from error
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        path = Path(folder) / "release.zip"
        path.write_bytes(archive)
        return verify_archive(path, public, signature), public


def _public(key: str | None, beside: list[Path]) -> str:
    """The key as given, else the one beside the release, else the one that all releases of this machine share."""
    if key and _KEY.fullmatch(key):
        return key
    if key:
        return Path(key).read_text("utf-8")
    places = [folder / PUBLIC for folder in beside]
    places += sorted(releases_dir().glob(f"*/{PUBLIC}"))
    found = next((p for p in places if p.exists()), None)
    if found is None:
        raise VerifyError("没有公钥，无从核对：请用 --key 给出从可信之处取得的 minisign.pub。")
    return found.read_text("utf-8")
