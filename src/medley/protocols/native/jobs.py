"""Work that goes on behind the requests."""

from typing import Annotated

from fastapi import Query

from medley.kernel.jobs import State
from medley.kernel.pages import Page
from medley.protocols.native._parts import House
from medley.protocols.native._wire.answers import Job
from medley.protocols.native._wire.asks import ItemId, PageOf


def list_jobs(house: House, page: Annotated[PageOf, Query()], state: State | None = None) -> Page[Job]:
    """Jobs, the newest first."""
    found = house.jobs.list([state] if state else (), page.cursor or None, page.limit)
    return Page([Job.of(job) for job in found.items], found.next)


def get_job(house: House, job_id: ItemId) -> Job:
    """One job as it is now."""
    return Job.of(house.jobs.get(job_id))


def cancel_job(house: House, job_id: ItemId) -> Job:
    """Ask a job to stop."""
    return Job.of(house.jobs.cancel(job_id))


def retry_job(house: House, job_id: ItemId) -> Job:
    """Queue a failed or cancelled job again."""
    return Job.of(house.jobs.retry(job_id))
