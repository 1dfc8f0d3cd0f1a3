"""The catalogue: datasets for people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.catalogue.views import blueprint
from portal.sections.section import Section

section = Section("catalogue", _("数据目录"), _("数据集、数据字典、预览和下载"), blueprint, in_menu=False)
