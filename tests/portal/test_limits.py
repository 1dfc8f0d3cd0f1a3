"""How often something may be done."""

from __future__ import annotations

from portal.limits import Limits


def test_one_key_is_stopped_at_the_limit_and_another_is_not() -> None:
    limits = Limits({"cite": "2/hour", "write": "1/minute;3/hour"})
    taken = [limits.take("cite", key) for key in ("a", "a", "a", "b")]
    assert taken == [True, True, False, True]
    assert [limits.take("write", "a"), limits.take("write", "a")] == [True, False]
