"""Signatures in minisign's format (Ed25519 over BLAKE2b-512): anyone can check them offline with `minisign`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SUFFIX = ".minisig"
KEY, PUBLIC = "release.key", "minisign.pub"
_ID, _SEED = 8, 32
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700


class SigningError(Exception):
    """A key or a signature that can't be used; the message is a sentence for people."""


@dataclass(frozen=True)
class Key:
    """What signs: the secret, and the id by which minisign tells keys apart."""

    id: bytes
    secret: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public key as minisign's file of two lines."""
        raw = b"Ed" + self.id + self.secret.public_key().public_bytes_raw()
        return f"untrusted comment: minisign public key {self.id[::-1].hex().upper()}\n{_b64(raw)}\n"

    def sign(self, path: Path, comment: str) -> str:
        """The signature of a file with a trusted comment, as minisign's file of four lines."""
        signature = self.secret.sign(_prehash(path))
        both = self.secret.sign(signature + comment.encode())
        said = "untrusted comment: signature of a release of open notices"
        return f"{said}\n{_b64(b'ED' + self.id + signature)}\ntrusted comment: {comment}\n{_b64(both)}\n"


def release_key(private: Path, published: bool = False) -> Key:
    """The key of this deployment; made on the first run, never anew once something was published with it."""
    path = private / KEY
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        if published:
            raise SigningError(
                f"找不到签名密钥 {path}，而已发布的版本是用它签的：请从备份恢复；"
                f"确已丢失时，删去 var/releases 后重新运行 make build，并公布新的公钥。"
            ) from error
        return _made(path)
    if len(raw) != _ID + _SEED:
        raise SigningError(f"签名密钥 {path} 已损坏：请从备份恢复。")
    return Key(raw[:_ID], Ed25519PrivateKey.from_private_bytes(raw[_ID:]))


def trusted_comment(path: Path, signature: str, public: str) -> str:
    """The comment that was signed with the file; SigningError where file, comment and key do not belong together."""
    key_id, key = _public_key(public)
    try:
        _, first, comment, second = signature.splitlines()
        signed, both = base64.b64decode(first, validate=True), base64.b64decode(second, validate=True)
        said = comment.removeprefix("trusted comment: ")
        if signed[:2] != b"ED" or signed[2 : 2 + _ID] != key_id or said == comment:
            raise SigningError(f"{path.name} 不是用这把公钥签名的：请核对公钥的来处。")
        key.verify(signed[2 + _ID :], _prehash(path))
        key.verify(both, signed[2 + _ID :] + said.encode())
    except (ValueError, InvalidSignature) as error:
        raise SigningError(f"{path.name} 的签名不成立，文件或说明被改动过：请勿使用，重新下载后再核对。") from error
    return said


def _public_key(public: str) -> tuple[bytes, Ed25519PublicKey]:
    try:
        raw = base64.b64decode(public.strip().splitlines()[-1], validate=True)
        if raw[:2] != b"Ed" or len(raw) != 2 + _ID + _SEED:
            raise ValueError("no key of minisign")
        return raw[2 : 2 + _ID], Ed25519PublicKey.from_public_bytes(raw[2 + _ID :])
    except (ValueError, IndexError, binascii.Error) as error:
        raise SigningError("公钥不是 minisign 的写法：请给出 minisign.pub 文件，或其中以 RW 开头的一行。") from error


def _made(path: Path) -> Key:
    path.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    raw = secrets.token_bytes(_ID + _SEED)
    beside = path.with_name(f".{KEY}-{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        return release_key(path.parent)
    finally:
        beside.unlink()
    return Key(raw[:_ID], Ed25519PrivateKey.from_private_bytes(raw[_ID:]))


def _prehash(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=64)).digest()


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
