"""What is kept about a person, room by room: given out and deleted as the person asks (PIPL, articles 45 and 47)."""

from portal.personal.chore import clear_daily, erase_left
from portal.personal.deletions import deleted, erase, remember
from portal.personal.leaving import export, forget, forget_again, leave
from portal.personal.part import Part

__all__ = [
    "Part",
    "clear_daily",
    "deleted",
    "erase",
    "erase_left",
    "export",
    "forget",
    "forget_again",
    "leave",
    "remember",
]
