"""Datasette for /data/: SQL over what is published, guarded, in Chinese, with plugins of one concern each."""

from portal.datasette.application import DATA, PortalDatasette, make_datasette

__all__ = ["DATA", "PortalDatasette", "make_datasette"]
