"""Pages kept at hand: by members in their accounts, by guests in their browsers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.favourites.views import blueprint
from portal.sections.section import Section

section = Section("favourites", _("收藏"), _("留在手边的目标、公文和数据集"), blueprint, in_menu=False, open=False)
