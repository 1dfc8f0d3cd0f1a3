"""网站首页: the tracker in one sentence, what is new, where to go."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.home.views import blueprint
from portal.sections.section import Section

section = Section("home", _("网站首页"), _("目标追踪、新收公文和数据集"), blueprint)
