"""A correction that answers a request names it, and is recorded once however often it is asked for."""

from __future__ import annotations

import csv

from tests.conftest import Deployment

NAME, ROW = "zhenjiang-stb", "zjstb-zkd-2017-13.agri-progress-share"
HOW = ("--reason", "据公文核对", "--request", "2026-000001", "--collection", NAME)


def test_a_correction_names_its_request_and_is_recorded_once(deployment: Deployment) -> None:
    first = deployment.etl("correct", "set", *HOW, "--", ROW, "value", "66.5")
    again = deployment.etl("correct", "set", *HOW, "--", ROW, "value", "66.5")
    other = deployment.etl("correct", "set", *HOW, "--", ROW, "year", "2016")
    assert (first.returncode, again.returncode, other.returncode) == (0, 0, 0), first.stderr + again.stderr
    assert ["cor-0001" in first.stdout, "cor-0001" in again.stdout, "cor-0002" in other.stdout] == [True, True, True]
    with (deployment.datasets / NAME / "corrections.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["column"], r["new"], r["request"]) for r in rows] == [
        ("value", "66.5", "2026-000001"),
        ("year", "2016", "2026-000001"),
    ]
