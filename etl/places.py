"""Where things lie: the data, and what is built from it."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def datasets_dir() -> Path:
    """The folder of collections; another place by DATASETS_DIR."""
    return Path(os.environ.get("DATASETS_DIR") or ROOT / "datasets")


def var_dir() -> Path:
    """The folder of what is built and private, never in git; another place by VAR_DIR."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var")


def releases_dir() -> Path:
    """The public builds that are served."""
    return var_dir() / "releases"


def site_file() -> Path:
    """What the site is: `metadata.yml`; another file by SITE_FILE."""
    return Path(os.environ.get("SITE_FILE") or ROOT / "metadata.yml")
