"""What goes wrong with jobs."""

from __future__ import annotations


class JobError(Exception):
    """A job that failed or could not begin; the message is a sentence for people."""
