"""公众参与: saying what is wrong, asking for data, letters."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.participation.views import blueprint
from portal.sections.section import Section

section = Section("participation", _("公众参与"), _("指出错误、索取数据、写信"), blueprint)
