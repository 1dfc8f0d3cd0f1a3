"""Notices: the list, and each one's text with what was read in it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.notices.views import blueprint
from portal.sections.section import Section

section = Section("notices", _("公文"), _("公文全文，读出的内容在原处标明"), blueprint, in_menu=False)
