"""The log in words: every action that the code notes has one, in both languages, so that a new one needs one too."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from lxml import html
from starlette.testclient import TestClient

import portal
from portal import audit
from portal.accounts import records
from portal.forum import standing
from portal.frame.language import CATALOGUE
from portal.participation.states import STEPS
from portal.private import Private
from portal.sections.desk.deeds import DEEDS, ROOMS
from portal.sections.desk.entries import LETTERS
from portal.storage.people import User
from tests.portal.people import log_in, member

CODE = re.compile(r"[a-z_]+\.[a-z_]+")
NOTING = ("note", "done", "_settle")
"""The functions that what was done is handed to, with its name in place."""
ELSEWHERE = {
    "accounts/records.py": set(records.WHAT.values()),
    "forum/standing.py": set(standing.STANDINGS.values()),
    "mail/delivering.py": set(),
    "participation/handling.py": {f"request.{step}" for step in STEPS},
    "personal/leaving.py": set(),
}
"""Where the name is not written in the call: what it may be. Nothing where another call of the file names it."""
TALKED_OF = {f"request.{what}" for what in ("supplement", "ask", "publish", "unpublish", "note")}
"""What `handling.note` is told besides the steps."""
HAN = re.compile(r"[\u4e00-\u9fff]")


def calls() -> Iterator[tuple[str, ast.Call]]:
    root = Path(inspect.getfile(portal)).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in NOTING:
                yield str(path.relative_to(root)), node


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def codes(node: ast.AST) -> set[str]:
    texts = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return {text for text in texts if CODE.fullmatch(text)}


def noted() -> set[str]:
    """Every action that the code can note."""
    written = set().union(*(codes(node) for _, node in calls()))
    return written.union(TALKED_OF, *ELSEWHERE.values())


def test_every_action_in_the_code_has_a_word_and_no_word_is_left_over() -> None:
    assert noted() - DEEDS.keys() == set(), "actions without words: name them in portal/sections/desk/deeds.py"
    assert DEEDS.keys() - noted() == set(), "words for what nothing does any more"
    assert {action.partition(".")[0] for action in DEEDS} == ROOMS.keys()


def test_no_action_is_noted_under_a_name_that_this_test_can_not_see() -> None:
    unseen = {path for path, node in calls() if "audit" in ast.unparse(node.func) and not codes(node)}
    assert unseen <= ELSEWHERE.keys()


def test_every_word_is_chinese_and_has_an_english_one() -> None:
    with CATALOGUE.open("rb") as file:
        english = {m.id: m.string for m in read_po(file)}
    words = [str(w) for w in (*DEEDS.values(), *ROOMS.values(), *LETTERS.values())]
    assert [w for w in words if not HAN.search(w)] == []
    assert [w for w in words if not english.get(w) or HAN.search(str(english[w]))] == []


def test_every_letter_about_an_account_has_a_word() -> None:
    folder = Path(inspect.getfile(portal)).parent / "templates" / "security" / "email"
    without = {"_end", "change_email_notice", "second_factor_reset"}
    assert {path.stem for path in folder.glob("*.txt")} - without == LETTERS.keys()


ENTRIES = [
    ("account.roles", "account:1", "+moderator -editor: 值班", ["更改权限", "账号 1", "+版主 -编辑: 值班"]),
    ("account.letter", "account:1", "reset_instructions", ["发出账号邮件", "设新密码"]),
    ("account.second_step_failed", "account:1", "code", ["第二重验证失败", "验证码"]),
    ("post.hide", "/forum/posts/7", "离题", ["隐藏帖子", "帖子 7", "离题"]),
    ("thread.move", "/forum/threads/7", "data → open：离题", ["移动讨论", "讨论 7"]),
    ("request.forward", "2026-000001", "", ["转交编辑核实", "2026-000001"]),
    ("request.file", "2026-000001", "data", ["提交来件", "索取数据"]),
    ("consultation.open", "3", "草案", ["开始征集意见", "征集 3", "草案"]),
    ("member.mute", "account:1", "广告", ["停止发言", "账号 1", "广告"]),
    ("account.enable", "account:12", "别人", ["恢复账号", "账号 12", "别人"]),
    ("mail.given_up", "message:9", "8 tries", ["邮件一直发不出去，已放弃", "邮件 9"]),
]


@pytest.fixture
def desk(client: TestClient, private: Private) -> TestClient:
    admin: User = member(private, "管事的人", ("admin",))
    log_in(client, private, admin)
    with private.storage.session() as session:
        for action, about, detail, _ in ENTRIES:
            audit.note(session, admin.id, action, about, detail)
    return client


def test_the_pages_show_words_and_where_to_see_it(desk: TestClient) -> None:
    page = html.document_fromstring(desk.get("/desk/log").text)
    shown = [" ".join(li.text_content().split()) for li in page.xpath("//ol[@class='entries']/li")]
    for (_, _, _, words), entry in zip(reversed(ENTRIES), shown, strict=True):
        assert [w for w in words if w not in entry] == [], entry
    assert [entry for entry in shown if CODE.search(entry)] == []
    links = page.xpath("//ol[@class='entries']//a/@href")
    assert {
        "/desk/people/1",
        "/desk/posts/members/1",
        "/forum/posts/7",
        "/desk/requests/2026-000001",
        "/participation/consultations/3",
    } <= {*links}
    assert "隐藏帖子" in desk.get("/desk/posts/log").text
    assert "post.hide" not in desk.get("/desk/posts/log").text
    assert "更改权限" in desk.get("/desk/people/1").text


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/desk/log?about=账号 1", 4),
        ("/desk/log?about=account:1", 4),
        ("/en/desk/log?about=Account 1", 4),
        ("/desk/log?about=帖子7", 1),
        ("/desk/log?about=讨论 7", 1),
        ("/desk/log?about=帖子", 0),
        ("/desk/log?about=2026-", 2),
    ],
)
def test_the_log_is_filtered_by_what_it_was_done_to_in_words(desk: TestClient, path: str, count: int) -> None:
    page = html.document_fromstring(desk.get(path).text)
    assert len(page.xpath("//ol[@class='entries']/li")) == count


def test_the_log_is_filtered_by_choosing_words(desk: TestClient) -> None:
    page = html.document_fromstring(desk.get("/en/desk/log?action=post.").text)
    assert len(page.xpath("//ol[@class='entries']/li")) == 1
    chosen = page.xpath("//select[@name='action']//option[@selected]")
    assert [(o.get("value"), o.text_content()) for o in chosen] == [("post.", "Posts: all")]
    offered = {o.get("value") for o in page.xpath("//select[@name='action']//option")}
    assert offered == {"", *(f"{room}." for room in ROOMS), *DEEDS}
