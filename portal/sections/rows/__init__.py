"""A page for each row that has an address."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.rows.views import blueprint
from portal.sections.section import Section

section = Section("rows", _("数据"), _("一行数据的页面"), blueprint, in_menu=False)
