"""The forum of a site: what its services work with."""

from __future__ import annotations

from dataclasses import dataclass

from etl.site import Site
from portal.forum.boards import Board, boards
from portal.forum.links import Links
from portal.published import Published


@dataclass(frozen=True)
class Forum:
    """The site with its boards, the published data that posts link to, the secret that signs links in messages."""

    site: Site
    published: Published
    secret: str
    boards: tuple[Board, ...]

    @staticmethod
    def of(site: Site, published: Published, secret: str) -> Forum:
        """With the boards that the site declares; DeclarationError says in words what is wrong with them."""
        return Forum(site, published, secret, boards(site))

    def board(self, board_id: str) -> Board | None:
        """The board of that id."""
        return next((b for b in self.boards if b.id == board_id), None)

    def board_of(self, board_id: str) -> Board:
        """The board that a thread stands in; one that is declared no more keeps its threads under its id."""
        return self.board(board_id) or Board(board_id, board_id, board_id, "", "")

    @property
    def links(self) -> Links:
        """What finds links to rows in texts."""
        return Links.of(self.site, self.published.addresses())
