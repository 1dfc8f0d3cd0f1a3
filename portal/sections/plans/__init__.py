"""Plans: plan, chapter, task, target, reported value."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.plans.views import blueprint
from portal.sections.section import Section

section = Section("plans", _("工作计划"), _("从年度计划到章节、任务、目标和实际值"), blueprint)
