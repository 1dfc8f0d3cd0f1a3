"""The one door through which the portal runs `python -m etl`: in a process of its own, one at a time."""

from portal.jobs.door import Jobs
from portal.jobs.errors import JobError
from portal.jobs.records import Job

__all__ = ["Job", "JobError", "Jobs"]
