"""How often pages are viewed and data used: counted at the gate, without a trace of by whom.

No address, no cookie, no mark of a browser is kept, not even for a moment: a count is a name and a number. So a visit
is a page that was opened, not a person. Figures are those of the last time that they were written down.
"""

from portal.usage.counter import Counter
from portal.usage.install import counter, figures, install, write_down

__all__ = ["Counter", "counter", "figures", "install", "write_down"]
