"""Templates and texts: every template is used, every text is translated, nothing is inline."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment

from etl.site import Site
from portal.app import create_app
from portal.private import Private
from portal.published import Published

PORTAL = Path(create_app.__code__.co_filename).parent
CATALOGUE = PORTAL / "translations" / "en" / "LC_MESSAGES" / "messages.po"


@pytest.fixture
def environment(published: Published, site: Site, private: Private) -> Environment:
    return create_app(published, site, private).jinja_env


def texts() -> dict[str, str]:
    files = [*PORTAL.glob("templates/**/*.html"), *PORTAL.glob("sections/*/templates/**/*.html")]
    return {str(p.relative_to(PORTAL)): p.read_text("utf-8") for p in files}


def messages() -> set[str]:
    """Every text that the code marks for translation."""
    with (PORTAL / "translations" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(PORTAL, methods, options)
    return {m[0] if isinstance(m, tuple) else m for _, _, m, _, _ in found}


def test_every_template_compiles(environment: Environment) -> None:
    names = [n for n in environment.list_templates() if n.endswith(".html")]
    assert len(names) > 20
    for name in names:
        environment.get_template(name)


def test_every_text_is_translated_and_none_is_left_over() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = {m.id[0] if isinstance(m.id, tuple) else m.id: m for m in read_po(file) if m.id}
    found = messages()
    assert found - catalogue.keys() == set(), "texts without an English one: add them to messages.po"
    assert catalogue.keys() - found == set(), "texts that no page has any more: take them out of messages.po"
    assert [i for i, m in catalogue.items() if not all(m.string if isinstance(m.string, tuple) else [m.string])] == []
    assert [i for i, m in catalogue.items() if m.fuzzy] == []


def test_translations_keep_the_placeholders() -> None:
    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            if message.id and isinstance(message.id, str):
                assert placeholders(message.id) == placeholders(str(message.string)), message.id


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s", text))


SCRIPT = r'<script(?! src=| type="application/ld\+json">)'


@pytest.mark.parametrize("forbidden", [r"\|\s*safe\b", r"\sstyle=", r"<style", r"\son\w+=", SCRIPT, r"Markup\("])
def test_nothing_is_inline_and_nothing_escapes_escaping(forbidden: str) -> None:
    assert [name for name, text in texts().items() if re.search(forbidden, text)] == []


def test_views_and_templates_hold_no_sql() -> None:
    code = {p.name: p.read_text("utf-8") for p in PORTAL.glob("sections/**/*.py")} | texts()
    sql = re.compile(r"\bSELECT\b[^\"']*\bFROM\b|\bORDER BY\b", re.DOTALL)
    assert [name for name, text in code.items() if sql.search(text)] == []


def test_no_chinese_text_bypasses_translation() -> None:
    """Chinese outside `_()` in templates: only words of the data, which stay Chinese."""
    allowed = {"中文", "党组", "国家", "省", "市", "县", "其他", "《", "》", "、", "：", "服务"}
    for name, text in texts().items():
        bare = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        bare = re.sub(r"n?gettext\((?:'[^']*',?\s*)+|_\('[^']*'", "", bare)
        left = set(re.findall(r"[\u4e00-\u9fff《》：、]+", bare)) - allowed
        assert left == set(), name


SAID_ON_PAGES = ("accounts", "favourites", "forum", "jobs", "participation", "personal", "sections")
"""Rooms whose errors people read on pages."""
OF_THE_COMMAND_LINE = {"accounts/commands.py"}
ELSEWHERE = {"DeclarationError", "QueryRefusedError"}
"""What keeps a site from starting, and what programs are told too: pages mark it as Chinese."""
TRANSLATING = {"_", "gettext", "ngettext", "lazy_gettext"}
CHINESE = re.compile("[\u4e00-\u9fff]")


def untranslated(node: ast.AST) -> list[str]:
    """Chinese in an expression, outside what translates it."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATING:
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and CHINESE.search(node.value) else []
    return [text for child in ast.iter_child_nodes(node) for text in untranslated(child)]


def errors_in(tree: ast.AST) -> list[ast.Call]:
    """Errors that are made, but those that are not told on pages alone."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    return [n for n in calls if n.func.id.endswith("Error") and n.func.id not in ELSEWHERE]  # type: ignore[attr-defined]


def test_no_error_that_people_read_bypasses_translation() -> None:
    paths = [p for room in SAID_ON_PAGES for p in (PORTAL / room).rglob("*.py")]
    named = {str(p.relative_to(PORTAL)): p.read_text("utf-8") for p in paths}
    pages = {name: ast.parse(code) for name, code in named.items() if name not in OF_THE_COMMAND_LINE}
    assert len(pages) > 50
    found = {name: [t for call in errors_in(tree) for t in untranslated(call)] for name, tree in pages.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}
