"""Bodies of the vocabulary are found wherever a notice names them."""

from __future__ import annotations

import pytest

from etl.assembling import organisations
from etl.assembling.organisations import Directory
from etl.assembling.regions import Regions
from etl.assembling.taken import Noticed, settle
from etl.document import Document, Notice, Organisation, Parsed, Segment
from etl.releasing.ids import Ledger
from etl.tables import Row
from tests.etl.assembling.records import taken

VOCABULARY: list[Row] = [
    {"organisation_id": "qh-org-lab", "name": "青禾市低碳研究院", "short_names_text": "市低碳研究院"},
    {"organisation_id": "qh-org-tech", "name": "青禾市科学技术局", "short_names_text": "市科技局"},
    {"organisation_id": "qh-org-party", "name": "中共青禾市科学技术局党组", "short_names_text": "市科技局党组"},
    {"organisation_id": "qh-org-hub", "name": "云溪双创园", "short_names_text": "东塘众创园"},
]


def told(
    text: str, regions: Regions, ledger: Ledger, *read: Organisation, furniture: str = ""
) -> list[tuple[str, ...]]:
    """Body, role and quote of each mention of a text."""
    at = text.find(furniture) if furniture else 0
    segments = (Segment(at, at + len(furniture), "nav", "furniture"),) if furniture else ()
    directory = Directory(VOCABULARY, regions, "qh", ledger)
    document = Document(text, segments=segments)
    known = organisations.with_known(taken(document, Parsed(Notice(), organisations=read)), directory)
    directory.see(organisations.named(known))
    directory.propose()
    rows = settle(ledger, "mention_id", organisations.mentions(Noticed("x-1", known), directory))
    assert all(text[r["start"] : r["end"]] == r["quote"] for r in rows)
    return [(r["organisation_id"], r["role"], r["quote"]) for r in rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("加快青禾市低碳研究院建设。", [("qh-org-lab", "青禾市低碳研究院")]),
        ("推进市低碳研究院参照省产研院的模式", [("qh-org-lab", "市低碳研究院")]),
        ("市科技局党组关于印发要点的通知", [("qh-org-party", "市科技局党组")]),
        ("核心作用，市科技局制定", [("qh-org-tech", "市科技局")]),
        ("学习云溪市科技局的做法", []),
        ("市科技局长会议", []),
        ("全市科技局系统", []),
    ],
)
def test_a_known_body_is_found_by_every_name_and_never_in_another_s(
    text: str, found: list[tuple[str, str]], regions: Regions, ledger: Ledger
) -> None:
    assert told(text, regions, ledger) == [(body, "提及", quote) for body, quote in found]


def test_a_stronger_role_at_the_same_place_stays_alone(regions: Regions, ledger: Ledger) -> None:
    read = Organisation("市科技局", "responsible", "市科技局", 5, 9)
    assert told("责任单位：市科技局。请市科技局办理", regions, ledger, read) == [
        ("qh-org-tech", "责任", "市科技局"),
        ("qh-org-tech", "提及", "市科技局"),
    ]


def test_a_piece_of_a_known_name_gives_way_to_it(regions: Regions, ledger: Ledger) -> None:
    read = Organisation("低碳研究院", "mentioned", "低碳研究院", 5, 10)
    assert told("加快青禾市低碳研究院建设", regions, ledger, read) == [("qh-org-lab", "提及", "青禾市低碳研究院")]


def test_the_page_s_own_words_name_nobody(regions: Regions, ledger: Ledger) -> None:
    text = "主办：市科技局\n通知"
    assert told(text, regions, ledger, furniture="主办：市科技局") == []


def test_addressees_that_join_known_bodies_are_each_named_where_they_stand(regions: Regions, ledger: Ledger) -> None:
    text = "云溪双创园、东塘众创园、市科技局：\n各处室、中心："
    joined, whole = text[: text.index("：")], "各处室、中心"
    read = (
        Organisation(joined, "addressee", joined, 0, len(joined)),
        Organisation(whole, "addressee", whole, text.index(whole), text.index(whole) + len(whole)),
    )
    assert [(role, quote) for _, role, quote in told(text, regions, ledger, *read)] == [
        ("主送", "云溪双创园"),
        ("主送", "东塘众创园"),
        ("主送", "市科技局"),
        ("主送", "各处室、中心"),
    ]
