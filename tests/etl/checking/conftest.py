"""A folder to check: the small collection as a publication writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.checking import Subject
from etl.releasing.folder import write_files
from tests.etl.conftest import Small


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Small], Subject]:
    """Writes rows and texts as they are now."""

    def write(small: Small) -> Subject:
        write_files(small.collection, small.rows, small.texts, tmp_path)
        return Subject(small.collection, small.rows, tmp_path)

    return write
