"""What a name looks like: two names with one likeness would be taken for each other."""

from __future__ import annotations

import re
import unicodedata

_JOINERS = re.compile(r"[-_·\s]")
_ALIKE = (
    "o0 li1 土士 未末 己已巳 日曰 入人 干千于 天夭 口囗 戊戌戍 免兔 晴睛 候侯 管菅 理埋 员圆 折拆 拔拨 辨辩 味昧 钓钩 "
    "冶治 今令 仓仑 斤斥 见贝"
)
"""Signs that are taken for the first of their group. Letters of other scripts are not allowed in names at all."""
_PAIRS = (("rn", "m"), ("vv", "w"))
_SAME = {ord(sign): group[0] for group in _ALIKE.split() for sign in group[1:]}


def likeness(name: str) -> str:
    """The same for names that look alike.

    >>> likeness("Adrnin_0l") == likeness("admin-OI")
    True
    >>> likeness("管理员") == likeness("菅埋圆")
    True
    >>> likeness("王芳") == likeness("王方")
    False
    """
    folded = _JOINERS.sub("", unicodedata.normalize("NFKC", name).casefold()).translate(_SAME)
    for pair, sign in _PAIRS:
        folded = folded.replace(pair, sign)
    return folded
