"""The portal's own data, apart from what is published: one database, its sessions, its migrations.

A new kind of data is a module here with its models on `Base`, a line in `models.py`, and a migration.
"""

from portal.storage.base import Base
from portal.storage.engine import Storage, StorageError, database_url, open_storage
from portal.storage.migrating import migrate

__all__ = ["Base", "Storage", "StorageError", "database_url", "migrate", "open_storage"]
