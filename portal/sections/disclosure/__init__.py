"""信息公开: the disclosure catalogue and the data catalogue."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.disclosure.views import blueprint
from portal.sections.section import Section

section = Section("disclosure", _("信息公开"), _("信息公开目录和数据目录"), blueprint)
