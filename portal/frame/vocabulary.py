"""Words of the data in English: kinds of bodies as the declaration lists them, units as their table names them."""

from __future__ import annotations

from flask import g
from flask_babel import lazy_gettext as _

from portal.frame.door import published
from portal.frame.language import language

KINDS = {
    "党组": _("党组"),
    "机关": _("机关"),
    "内设机构": _("内设机构"),
    "直属单位": _("直属单位"),
    "辖市区部门": _("辖市区部门"),
    "园区": _("园区"),
    "高校院所": _("高校院所"),
    "企业": _("企业"),
    "统称": _("统称"),
    "其他": _("其他"),
}


def body_kind(kind: str) -> str | None:
    """A kind of body in the reader's language; none where only the data have a word for it."""
    return str(KINDS[kind]) if kind in KINDS else None


def english_unit(unit: str | None) -> str | None:
    """The English name of a unit where English is read and the data have one; signs are read in any language."""
    if not unit or unit in ("%", "‰") or language() != "en":
        return None
    if "units" not in g:
        tables = (c.rows("unit") for c in published().collections() if "unit" in c.collection.by_name)
        g.units = {r["unit"]: r.get("name_en") for rows in tables for r in rows}
    found: str | None = g.units.get(unit)
    return found
