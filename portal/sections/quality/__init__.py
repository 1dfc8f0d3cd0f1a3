"""How good the catalogue is, by other people's measures."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.quality.views import blueprint
from portal.sections.section import Section

section = Section("quality", _("目录质量"), _("按公认的标准给目录评分，逐项附证据"), blueprint, in_menu=False)
