"""What this site is, how it works, its limits, its words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.about.views import blueprint
from portal.sections.section import Section

section = Section("about", _("关于本站"), _("本站是什么、怎样整理、有哪些限度"), blueprint, in_menu=False)
