"""Codes of an authenticator app: each is taken once, and the square to scan stands in the page itself."""

from __future__ import annotations

import qrcode
import qrcode.image.svg
from flask_security import Totp
from markupsafe import Markup
from passlib.totp import TokenError
from sqlalchemy import or_, update

from portal.accounts.people import sessions
from portal.storage.people import User


class Codes(Totp):  # type: ignore[misc]
    """What Flask-Security asks about codes."""

    def verify_totp(self, token: str, totp_secret: str, user: User, window: int = 0) -> bool:
        """Whether a code is right and was not used before, by whichever of two requests at once."""
        try:
            match = self._totp.verify(str(token), totp_secret, window=window)
        except (TokenError, ValueError):
            return False
        unused = or_(User.totp_counter.is_(None), User.totp_counter < match.counter)
        used = update(User).where(User.id == user.id, unused).values(totp_counter=match.counter)
        taken = sessions().execute(used, execution_options={"synchronize_session": False})
        sessions().commit()
        return bool(taken.rowcount == 1)  # type: ignore[attr-defined]

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The square as SVG, to stand in the page: our policy allows no `data:` images."""
        image = qrcode.make(self.get_totp_uri(username, totp), image_factory=qrcode.image.svg.SvgPathImage, border=2)
        return Markup(image.to_string(encoding="unicode"))  # noqa: S704 - drawn here, of a link that is not in it
