"""What the environment says of secrets and proxies, and what it may not say."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from portal.gate.proxies import ProxiesError, trusted
from portal.private import open_private
from portal.secret import WeakSecretError, secret


@pytest.mark.parametrize("weak", ["", "secret", "changeme" * 8, "a" * 64, "dev", "0123456789" * 3, "abab" * 20])
def test_row_50_a_secret_that_can_be_guessed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weak: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", weak)
    with pytest.raises(WeakSecretError, match=r"SECRET_KEY 太弱.*token_hex"):
        open_private(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_row_50_a_strong_secret_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = "".join(map(chr, range(48, 58))) + "abcdefABCDEFghijklmnop"
    monkeypatch.setenv("SECRET_KEY", given)
    assert secret(tmp_path) == given
    assert list(tmp_path.iterdir()) == []


def test_row_50_without_one_each_site_makes_its_own_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first, again, other = secret(tmp_path / "a"), secret(tmp_path / "a"), secret(tmp_path / "b")
    assert (first == again, first == other, len(first)) == (True, False, 64)
    assert stat.S_IMODE((tmp_path / "a" / "secret.key").stat().st_mode) == 0o600


def test_row_50_a_kept_secret_that_was_cut_short_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret.key").write_text("0123")
    with pytest.raises(WeakSecretError):
        secret(tmp_path)


@pytest.mark.parametrize("named", ["*", "proxy.example.cn", "127.0.0.1;10.0.0.1", "999.0.0.1"])
def test_proxies_named_wrongly_are_told(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", named)
    with pytest.raises(ProxiesError, match="TRUSTED_PROXIES 写得不对"):
        trusted()


def test_proxies_are_addresses_or_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1, 10.1.2.3/8 ::1")
    assert trusted() == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]
    monkeypatch.delenv("TRUSTED_PROXIES")
    assert trusted() == []
