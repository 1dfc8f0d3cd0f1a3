"""Bodies by their kind."""

from __future__ import annotations

from portal.published import Published, Row
from portal.published.sections import bodies, everywhere, of_notices

OTHER = "其他"


def by_kind(published: Published) -> dict[str, list[Row]]:
    """Bodies under each kind, in the order in which the declaration names the kinds."""
    rows = everywhere(published, bodies.organisations)
    found = {kind: [r for r in rows if (r["kind"] or OTHER) == kind] for kind in _kinds(published)}
    return {kind: some for kind, some in found.items() if some}


def _kinds(published: Published) -> list[str]:
    declared = [
        c.collection.table("organisation").field("kind").constraints.get("enum", ()) for c in of_notices(published)
    ]
    return list(dict.fromkeys([k for kinds in declared for k in kinds] + [OTHER]))
