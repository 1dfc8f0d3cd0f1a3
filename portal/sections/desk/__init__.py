"""The desk: what waits for staff, who may do what, what was done."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.desk import many_people, people_views, views
from portal.sections.section import Section

section = Section("desk", _("工作台"), _("等着处理的事、成员和记录"), views.blueprint, in_menu=False, open=False)

__all__ = ["many_people", "people_views", "section"]
