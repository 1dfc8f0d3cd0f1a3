"""Row 48 of the threats: no event takes two lines in the log, and none of them gives a secret away."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Iterator

import pytest
from itsdangerous import URLSafeTimedSerializer

from etl.site import Site
from portal.app import create_app
from portal.logs import Formatter, safe, set_up
from portal.participation.codes import code_of
from portal.private import Private
from portal.published import Published

FORGED = (
    "\r\n",
    "\n",
    "\r",
    "\u2028",
    "\u2029",
    "\x85",
    "\x0b",
    "\x0c",
    "\x1b[2J\x1b[1;31m",
    "\x00",
    "\u202e",
    "\x1c",
    "\ufeff",
)


@pytest.mark.parametrize("sign", FORGED, ids=ascii)
def test_row_48_no_sign_begins_another_line_or_steers_a_terminal(sign: str) -> None:
    line = safe(f"GET /x{sign}INFO forged 200")
    assert len(line.splitlines()) == 1
    assert all(c.isprintable() for c in line)
    assert "forged" in line


TOKEN = URLSafeTimedSerializer("key" * 12).dumps(["1", "someone"])
CODE = code_of("secret" * 8, "a-form-of-the-tests-and-no-other")
PASSWORD = "-".join(("correct", "horse", "battery"))


@pytest.mark.parametrize(
    "line",
    [
        f"GET /account/reset/{TOKEN} 200 3ms",
        f"GET /en/account/confirm/{TOKEN} 302",
        f"GET /account/change-email/{TOKEN}?size=l 302",
        f"GET /forum/unsubscribe/{TOKEN} 200",
        f"GET /x?token={TOKEN}&page=2",
        f"GET /x?next=/&reset_token={TOKEN}",
        f"csrf_token={TOKEN}",
        f"{{'csrf_token': '{TOKEN}'}}",
        f"Cookie: session={TOKEN}; other=1",
        f"Authorization: Bearer {TOKEN}",
        f"BadSignature: {TOKEN} does not match",
        f"password={PASSWORD}&username=x",
        f'{{"password": "{PASSWORD}"}}',
        f"new_password: {PASSWORD}",
        f"postgresql+psycopg://portal:{PASSWORD}@db.example.cn:5432/portal",
        f"smtps://portal:{PASSWORD}@smtp.example.cn",
        f"redis://:{PASSWORD}@127.0.0.1:6379/0",
        f"POST /participation/track code={CODE}",
        f"no request has {CODE}",
        f"no request has {CODE.replace('-', '').lower()}",
        f"hash $argon2id$v=19$m=65536,t=3,p=4${PASSWORD}",
    ],
    # The token tells the time: processes that collect a second apart would call the tests differently.
    ids=lambda line: line.replace(TOKEN, "TOKEN"),
)
def test_row_48_secrets_are_hidden(line: str) -> None:
    hidden = safe(line)
    assert not any(s in hidden for s in (TOKEN, PASSWORD, CODE, CODE.replace("-", "").lower()))
    assert "***" in hidden


def test_mail_addresses_are_hidden() -> None:
    assert safe("Key (email)=(lin@mail.example.cn) already exists") == "Key (email)=(***) already exists"


@pytest.mark.parametrize(
    "line",
    [
        "GET /targets/zjstb-zkd-2017-13.agri-progress-share@1.0.0 200 5ms",
        "GET /targets/zjstb-rd-intensity.2017@1.0.0.csv 200 5ms",
        "GET /search 200 3ms",
        "GET /data/zhenjiang-stb/target.json 200 12ms",
        "WARNING portal.mail message 12 was not taken: 451",
        "GET /catalogue/zhenjiang-stb/target 304 1ms",
    ],
)
def test_what_is_no_secret_stays_readable(line: str) -> None:
    assert safe(line) == line


def test_every_address_with_a_token_is_hidden(published: Published, site: Site, private: Private) -> None:
    app, token = create_app(published, site, private), secrets.token_urlsafe(16)
    with_token = [r for r in app.url_map.iter_rules() if r.arguments & {"token", "code", "key"}]
    paths = [re.sub(r"<[^>]+>", token, rule.rule) for rule in with_token]
    assert len(paths) > 4
    assert [path for path in paths if token in safe(f"GET {path} 200 1ms")] == []


def test_a_failure_is_one_line_with_its_place() -> None:
    try:
        raise RuntimeError("password=geheim\nINFO forged")
    except RuntimeError as error:
        record = logging.LogRecord(
            "portal.x", logging.ERROR, __file__, 1, "failed %s", ("a\nb",), (type(error), error, None)
        )
    assert (
        Formatter()
        .format(record)
        .startswith(r"ERROR portal.x failed a\x0ab | RuntimeError: password=***\x0aINFO forged")
    )


def test_a_line_of_any_length_costs_little() -> None:
    began = time.perf_counter()
    for text in ("a" * 1_000_000, "token" * 200_000, "://" * 300_000, "a@" * 500_000, "abcd" * 250_000):
        assert len(safe(text)) <= 40_000
    assert time.perf_counter() - began < 2


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, as it was before."""
    root = logging.getLogger()
    before = root.handlers, root.level
    yield root
    root.handlers, root.level = before
    logging.captureWarnings(False)


def test_all_loggers_go_through_one_formatter(
    root: logging.Logger, published: Published, site: Site, private: Private, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(every_request=True)
    app = create_app(published, site, private)
    for logger in (
        app.logger,
        *map(logging.getLogger, ("portal.requests", "flask_wtf.csrf", "uvicorn.error", "sqlalchemy")),
    ):
        logger.error("token=%s\nforged", TOKEN)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 5
    assert all(line.endswith(r"token=***\x0aforged") for line in said)
