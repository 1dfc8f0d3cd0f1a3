"""Why a query can't be cited."""

from __future__ import annotations


class QueryRefusedError(Exception):
    """A query that can't be cited; the message is a sentence for people."""
