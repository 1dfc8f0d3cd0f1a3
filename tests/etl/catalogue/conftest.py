"""A record of both collections, made of their declarations and a few plain facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.catalogue.record import Catalogue, File, Series, Version
from etl.declaration import Collection, load
from etl.places import ROOT
from etl.site import load_site

SHA = "c8cbd21351155a4ca66567fd3cde14a49048823fba6dd703f4e44715bc7bd9c5"
SITE = replace(load_site(ROOT / "metadata.yml"), address="https://data.example.cn")


def series_of(collection: Collection) -> Series:
    """A collection as it would be served, each table with as many rows as its name has letters."""
    at = f"/catalogue/{collection.name}"
    return Series(
        site=SITE,
        collection=collection,
        version="1.2.0",
        issued="2026-11-24",
        modified="2026-11-25",
        content_hash=SHA,
        rows={t.name: len(t.name) for t in collection.tables},
        files={
            t.name: (File("csv", f"{at}/{t.name}.csv", 1234, SHA), File("json", f"{at}/{t.name}.json", 5678))
            for t in collection.tables
        },
        common=(File("sqlite", f"{at}/{collection.name}.db", 40960, SHA),),
        versions=(Version("1.2.0", "2026-11-25", f"/releases/{collection.name}/1.2.0/"),),
    )


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    folders = ("datasets/zhenjiang-stb", "tests/collections/qinghe-joint")
    return Catalogue(SITE, tuple(series_of(load(ROOT / folder)) for folder in folders))
