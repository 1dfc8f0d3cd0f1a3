"""The target tracker: every target beside what was reported for it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.section import Section
from portal.sections.targets.views import blueprint

section = Section("targets", _("目标追踪"), _("全部量化目标和后来公布的实际值"), blueprint, in_menu=False)
