"""What staff do with requests, consultations and releases, under the desk."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.handling.views import blueprint
from portal.sections.section import Section

section = Section("handling", _("来件"), _("来件、意见征集和发布的办理"), blueprint, in_menu=False, open=False)
