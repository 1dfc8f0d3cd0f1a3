"""Search over everything."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.search.views import blueprint
from portal.sections.section import Section

section = Section("search", _("搜索"), _("在全部公文和数据里查找"), blueprint, in_menu=False)
