"""Releases: the list, each one's files, what differs between two."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.releases.views import blueprint
from portal.sections.section import Section

section = Section("releases", _("版本"), _("每一版的文件、校验值与签名，两版之间的差异"), blueprint, in_menu=False)
