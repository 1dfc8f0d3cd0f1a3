"""The forum, under the name that `metadata.yml` gives it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.forum import acting, beside, writing
from portal.sections.forum.views import blueprint
from portal.sections.section import Section

__all__ = ["acting", "beside", "section", "writing"]

section = Section("forum", _("论坛"), _("讨论数据和任务的地方"), blueprint)
