"""Rows as of a release, and what happened to them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.history.views import blueprint
from portal.sections.section import Section

section = Section("history", _("变更历史"), _("每一行的各个版本，何时、为何改动"), blueprint, in_menu=False)
