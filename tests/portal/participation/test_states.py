"""Who may take which step from where, and that nothing else ever happens."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.participation.finding import by_number
from portal.participation.handling import Hand, perform
from portal.participation.kinds import CORRECTION, DATA, KINDS
from portal.participation.states import CLOSED, STEPS, State, StepError, open_to
from portal.private import Private
from portal.storage import migrate, open_storage
from tests.portal.asked import TERMS, ask

ROLES = ("citizen", "moderator", "editor", "admin", "system", "member", "everyone")
OF_A_CORRECTION = {
    ("waiting", "citizen"): ["withdraw"],
    ("waiting", "moderator"): ["forward", "answer", "refuse", "spam"],
    ("waiting", "editor"): ["refuse"],
    ("waiting", "admin"): ["forward", "answer", "refuse", "spam"],
    ("forwarded", "citizen"): ["withdraw"],
    ("forwarded", "moderator"): ["answer", "refuse"],
    ("forwarded", "editor"): ["send_back", "accept", "refuse"],
    ("forwarded", "admin"): ["send_back", "accept", "answer", "refuse"],
    ("accepted", "system"): ["release"],
    ("done", "moderator"): ["reopen"],
    ("done", "admin"): ["reopen"],
    ("refused", "moderator"): ["reopen"],
    ("refused", "admin"): ["reopen"],
    ("spam", "moderator"): ["restore"],
    ("spam", "admin"): ["restore"],
    ("working", "citizen"): ["withdraw"],
    ("working", "moderator"): ["answer", "refuse"],
    ("working", "editor"): ["refuse"],
    ("working", "admin"): ["answer", "refuse"],
}


def test_the_steps_of_a_correction_are_these_and_no_others() -> None:
    found = {(s.value, role): [step.name for step in open_to(CORRECTION, s, {role})] for s in State for role in ROLES}
    assert {where: steps for where, steps in found.items() if steps} == OF_A_CORRECTION


def test_only_a_correction_is_forwarded_and_accepted() -> None:
    names = {kind: {s.name for s in STEPS.values() if kind in s.kinds} for kind in KINDS}
    assert {kind for kind, steps in names.items() if steps & {"forward", "accept", "release"}} == {CORRECTION}
    assert "take" in names[DATA]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Private:
    folder = tmp_path_factory.mktemp("states")
    storage = open_storage(f"sqlite:///{folder}/portal.db")
    migrate(storage)
    return Private(folder, storage, "s" * 40)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([CORRECTION, DATA]), st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(ROLES))))
def test_whatever_is_tried_a_request_follows_the_table(kept: Private, kind: str, tried: list[tuple[str, str]]) -> None:
    number = ask(kept, kind, body_text=f"{kind}{tried}", mail="").number
    for name, role in tried:
        before = state_of(kept, number)
        may = name in [s.name for s in open_to(kind, before["state"], {role})]
        assert attempt(kept, number, name, role) == may
        after = state_of(kept, number)
        assert after["state"] == (STEPS[name].target if may else before["state"])
        assert after["events"] == before["events"] + may
        assert (after["closed_at"] is not None) == (after["state"] in CLOSED)


def attempt(private: Private, number: str, name: str, role: str) -> bool:
    try:
        with private.storage.session() as session:
            perform(session, by_number(session, number), name, Hand(frozenset({role})), TERMS, "理由")  # type: ignore[arg-type]
    except StepError:
        return False
    return True


def state_of(private: Private, number: str) -> dict[str, Any]:
    with private.storage.session() as session:
        found = by_number(session, number)
        assert found is not None
        return {"state": found.state, "events": len(found.events), "closed_at": found.closed_at}
