"""政务公开: notices, plans and indicators."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.affairs.views import blueprint
from portal.sections.section import Section

section = Section("affairs", _("政务公开"), _("公文、分年度的计划和统计指标"), blueprint)
