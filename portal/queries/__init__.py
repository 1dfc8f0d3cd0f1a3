"""Queries that can be cited, after the 14 recommendations of the RDA on citing data that change.

 1. Versioning: every earlier state stays, as a release of its own (`etl/releasing/`).
 2. Timestamping: every change is on record with its version and day (table `change`).
 3. Query store: `portal/storage/queries.py`.
 4. Uniqueness: the same statement, however it is spaced, commented or capitalised, has the same id (`normal.py`).
 5. Stable sorting: results are hashed line by line in a fixed order, and `limit` without `order by` is refused.
 6. Verification: the hash of the result is kept with the query (`result.py`).
 7. Query timestamping: a query is tied to a release, and the time when it was cited is kept.
 8. An id for each query: `/q/<id>`, the hash of normalised statement, parameters and release (`normal.py`).
 9. What is stored: statement as written and normalised, parameters, hashes, time, and the release as superset.
10. Citation texts: from `portal/cite/`, on the landing page and as files.
11. Landing page: `/q/<id>`, which runs the query again and compares.
12. For machines: `/q/<id>.json` and `.csv`.
13. Migration: `python -m portal export-queries` and `import-queries` carry the queries over, as lines of JSON.
14. Verification of a migration: `python -m portal verify-queries` runs every query again and compares.
"""
