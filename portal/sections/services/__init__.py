"""公共服务: downloads, interfaces, example queries, services that notices name."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.section import Section
from portal.sections.services.views import blueprint

section = Section("services", _("公共服务"), _("下载、接口、查询示例和公文里的服务事项"), blueprint)
