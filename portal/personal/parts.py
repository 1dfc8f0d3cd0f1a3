"""Every room that keeps something about people; a new one is a line here."""

from __future__ import annotations

from portal.favourites import personal as favourites
from portal.forum import personal as forum
from portal.participation import personal as requests
from portal.personal import account, messages
from portal.personal.part import Part

PARTS: tuple[Part, ...] = (
    Part("favourites", favourites.export, favourites.forget),
    Part("forum", forum.export, forum.forget),
    requests.PART,
    # Messages are found by the address, which the account's own part deletes: that one is the last.
    messages.part,
    account.part,
)
