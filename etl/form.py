"""Whether a text has the form of a notice or of a paper handed out: a page that has none waits for an editor."""

from __future__ import annotations

import re

_PAPER = re.compile(
    "(?:通知|意见|方案|要点|计划|规划|纲要|办法|措施|规定|细则|决定|决议|公告|通告|通报|公报|报告|请示|批复|函|纪要|总结"
    "|打算|安排|清单|分解|目标|任务|制度|条例|规则|规程|标准|公示|议案|命令|令|指南|政策|承诺|责任书)"
    r"\s*(?:[（(〔\[].*|[-_—|].*)?$"
)


def has_form(title: str | None, *told: object) -> bool:
    """Whether the title names a kind of paper, or anything else that only a notice tells was read.

    >>> has_form("青禾县科技工作要点"), has_form("若干政策措施（试行）"), has_form("关于我们 - 青禾县科技局")
    (True, True, False)
    >>> has_form("关于我们", "青科发〔2021〕7号"), has_form(None, None, ())
    (True, False)
    """
    return any(told) or bool(_PAPER.search(title or ""))
