"""Whether the time of an answer tells who has an account: `python -m bench.who_is_known [SAMPLES]`.

Sends each form of accounts for somebody who is known and for somebody who is not, turn by turn, and compares the
medians. Prints a line a form; exit code 1 where they differ by more than 10 %.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from etl.places import ROOT
from etl.site import load_site
from portal.app import create_app
from portal.limits import Limits
from portal.private import open_private
from portal.published import Published
from tests.portal.accounts.test_enumeration import FORMS, KNOWN
from tests.portal.accounts.visitor import Visitor

SAMPLES, MOST = 100, 0.10


def main() -> int:
    """Measure every form."""
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    with tempfile.TemporaryDirectory() as folder:
        site = _site(Path(folder))
        gaps = {form: _gap(site, form, samples) for form in FORMS}
    return 1 if max(gaps.values()) > MOST else 0


def _site(folder: Path) -> Visitor:
    app = create_app(Published(folder), load_site(ROOT / "metadata.yml"), open_private(folder / "private"))
    visitor = Visitor(app)
    visitor.join(KNOWN["name"], KNOWN["mail"]).log_out()
    return visitor


def _gap(site: Visitor, form: str, samples: int) -> float:
    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(samples):
        for known in (True, False) if turn % 2 else (False, True):
            taken[known].append(_time(site, form, known, turn))
    known, unknown = (statistics.median(taken[k]) for k in (True, False))
    gap = abs(known - unknown) / min(known, unknown)
    print(f"{form}: known {known * 1000:.1f} ms, unknown {unknown * 1000:.1f} ms, {gap:.1%} apart (n = {samples} each)")
    return gap


def _time(site: Visitor, form: str, known: bool, turn: int) -> float:
    """How long one answer takes, without the page that the form stands on; nobody registers twice."""
    path, fields = FORMS[form]
    site.app.extensions["limits"] = Limits()
    guest = Visitor(site.app)
    who = KNOWN if known else {"name": f"没这个人{turn}", "mail": f"nobody{turn}@example.org"}
    fresh = {
        "某个新人": f"某个新人{turn}{'甲' if known else '乙'}",
        "fresh@example.org": f"fresh{turn}{known}@example.org",
    }
    sent = {key: fresh.get(value, value.format(**who)) for key, value in fields.items()}
    data = {"csrf_token": guest.token(path), **sent}
    begun = time.perf_counter()
    guest.client.post(path, data=data, base_url=guest.site)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
