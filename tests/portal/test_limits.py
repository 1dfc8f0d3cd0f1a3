"""How often something may be done."""

from __future__ import annotations

import logging

import pytest
import redis

from portal.limits import Limits, LimitsError
from tests.servers import running_redis

ALLOWED = {"cite": "2/hour", "write": "1/minute;3/hour"}


def test_one_key_is_stopped_at_the_limit_and_another_is_not() -> None:
    limits = Limits(ALLOWED)
    taken = [limits.take("cite", key) for key in ("a", "a", "a", "b")]
    assert taken == [True, True, False, True]
    assert [limits.take("write", "a"), limits.take("write", "a")] == [True, False]


def test_it_is_said_when_to_come_back() -> None:
    limits = Limits(ALLOWED)
    for _ in range(3):
        limits.take("write", "a")
        limits.take("cite", "a")
    assert 50 <= limits.wait("write", "a") <= 60
    assert 3590 <= limits.wait("cite", "a") <= 3600
    assert limits.wait("cite", "b") == 1


def test_processes_count_together_where_redis_is(redis_server: str) -> None:
    one, other = Limits(ALLOWED, redis_server), Limits(ALLOWED, redis_server)
    assert [x.take("cite", "192.0.2.7") for x in (one, other, one, other)] == [True, True, False, False]
    assert 3590 <= other.wait("cite", "192.0.2.7") <= 3600


def test_redis_is_told_no_address(redis_server: str) -> None:
    Limits(ALLOWED, redis_server).take("cite", "192.0.2.99")
    with redis.Redis.from_url(redis_server) as client:
        keys = client.keys()
    assert isinstance(keys, list) and keys
    assert not any(b"192.0.2" in key for key in keys)


def test_a_server_that_is_gone_is_told_once_and_limits_hold_on(caplog: pytest.LogCaptureFixture) -> None:
    with running_redis() as (server, address):
        limits = Limits(ALLOWED, address)
        assert limits.take("cite", "a")
        server.kill()
        server.wait()
        with caplog.at_level(logging.WARNING, "portal.limits"):
            assert [limits.take("cite", "a") for _ in range(4)] == [True, True, False, False]
    assert limits.wait("cite", "a") > 3500
    assert len(caplog.records) == 1


def test_a_server_that_comes_back_is_used_again(redis_server: str) -> None:
    limits = Limits(ALLOWED, redis_server)
    limits._gone_until = float("inf")
    assert limits.take("cite", "back")
    limits._gone_until = 0.0
    assert [limits.take("cite", "back") for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize("url", ["nonsense", "http://127.0.0.1", "redis://127.0.0.1:port/0"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(LimitsError, match="REDIS_URL"):
        Limits(ALLOWED, url)
