"""What leads to a statement: who will do it, what is hoped for, and when it has come so far."""

from __future__ import annotations

import re

from etl.extracting.rulebook import before_name

_AIM = re.compile(r"[^“”]*(?:力争|确保|力求|明确(?!率)|提出了?)(?=.)")
_ACTS = frozenset("将要拟力计已累")
_ACTOR = re.compile(r"[^、]{2,12}?(?:将|要|拟|力争|计划|已经|已|累计)(?:拟定|全面|重点|积极|再)?")
SO_FAR_SIGNS = frozenset("截月季半")
SO_FAR = re.compile(
    r"(?P<who>[^，。；、]{2,20}?)(?:截[至止]到?(?:目前|(?:20\d\d年)?(?:\d{1,2}月)?[底末]?)"
    r"|\d{1,2}[-–—~～至]\d{1,2}月份?|前三季度|上半年)，?(?=.)"
)


def behind_aim(text: str) -> int:
    """Where a statement begins behind 总体目标为力争, else 0."""
    found = _AIM.match(text) if "力" in text or "确" in text or "提出" in text else None
    return found.end() if found else 0


def behind_actor(text: str) -> int:
    """Where the verb begins behind someone who will do it (某市将打通…), else 0."""
    found = None if _ACTS.isdisjoint(text) or before_name().at(text, 0) else _ACTOR.match(text)
    token = found and before_name().at(text, found.end())
    if not (found and token and token.role == "act"):
        return 0
    idle = "累计" in found.group() and found.end() + len(token.word) == len(text)
    dated = not SO_FAR_SIGNS.isdisjoint(found.group()) and SO_FAR.match(text)
    return 0 if idle or dated else found.end()
