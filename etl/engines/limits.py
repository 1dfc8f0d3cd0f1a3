"""What reading one source may take; the system itself ends a reader that takes more, wherever it hangs."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from etl.reading.limits import MAX_PDF_PAGES, MEGABYTE, OFFICE_SECONDS

MEMORY = 512 * MEGABYTE
SECONDS = 5.0
SECONDS_A_PAGE = 0.2
# Time is counted where the processor works; by the clock on the wall a busy machine would refuse what another reads.
_WAITING = 10
_BYTES_A_PAGE = 4096
_OFFICE = (b"\xd0\xcf\x11\xe0", b"{\\rtf")


@contextmanager
def limited(data: bytes) -> Iterator[None]:
    """While this lasts, too much time or memory ends this process; only for processes that may be killed."""
    office = data.startswith(_OFFICE)
    _limit_memory(resource.RLIM_INFINITY if office else MEMORY)
    try:
        _limit_time(SECONDS, 0)
        _limit_time(SECONDS + SECONDS_A_PAGE * _pages(data), OFFICE_SECONDS if office else 0)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_time(seconds: float, waiting: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * _WAITING + waiting)


def _limit_memory(most: int) -> None:
    """Another program that helps (LibreOffice) inherits the limit and would need more."""
    _, hardest = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):  # macOS keeps no such limit
        resource.setrlimit(resource.RLIMIT_AS, (most, hardest))


def _pages(data: bytes) -> int:
    """How many pages a source has, as far as it says; where it does not, by its size."""
    by_size = min(len(data) // _BYTES_A_PAGE, MAX_PDF_PAGES)
    return _pdf_pages(data) if b"%PDF-" in data[:1024] else by_size


def _pdf_pages(data: bytes) -> int:
    # Imported here: most sources are no PDF.
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(data)) as source:
            return min(len(source), MAX_PDF_PAGES)
    except pypdfium2.PdfiumError:
        return 0
