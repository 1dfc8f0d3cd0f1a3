"""A member's own requests, under her account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.mine.views import blueprint
from portal.sections.section import Section

section = Section("mine", _("我的来件"), _("您提交过的纠错、索取和来信"), blueprint, in_menu=False, open=False)
