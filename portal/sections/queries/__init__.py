"""Queries that can be cited: keeping one, and its landing page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.queries.views import blueprint
from portal.sections.section import Section

section = Section("queries", _("引用查询"), _("可以引用、可以重跑核对的查询"), blueprint, in_menu=False)
