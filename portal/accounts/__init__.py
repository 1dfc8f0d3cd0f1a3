"""Accounts: thin over Flask-Security, whose pages stand under `/account/`."""

from portal.accounts.install import install

__all__ = ["install"]
