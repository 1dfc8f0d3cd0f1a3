"""我的账号: a person's own pages: who they are here, where they are logged in, how they show who they are."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.account import own
from portal.sections.account.views import blueprint
from portal.sections.section import Section

section = Section("account", _("我的账号"), _("用户名、邮箱、登录和第二重验证"), blueprint, in_menu=False, open=False)

__all__ = ["own", "section"]
