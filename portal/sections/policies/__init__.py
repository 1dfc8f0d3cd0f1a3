"""政策法规: cited documents and who cites them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.sections.policies.views import blueprint
from portal.sections.section import Section

section = Section("policies", _("政策法规"), _("公文引用的文件，以及谁引用了它"), blueprint)
