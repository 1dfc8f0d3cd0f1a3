"""党务公开: notices that a party group issues."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.party.views import blueprint
from portal.sections.section import Section

section = Section("party", _("党务公开"), _("党组发布的公文"), blueprint)
