"""What moderators do in the forum, under the desk."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.moderation import deciding, many
from portal.sections.moderation.views import blueprint
from portal.sections.section import Section

__all__ = ["deciding", "many", "section"]

section = Section("moderation", _("帖子审核"), _("等待审核和被举报的帖子"), blueprint, in_menu=False, open=False)
