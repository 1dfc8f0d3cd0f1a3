"""组织机构: the bodies that notices name."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.organisations.views import blueprint
from portal.sections.section import Section

section = Section("organisations", _("组织机构"), _("公文里出现的机关、单位，以及它们在何处被提到"), blueprint)
