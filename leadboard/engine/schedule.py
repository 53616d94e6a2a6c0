"""Every recurring job in one table. A clock may tick in each worker: the id of the work makes it happen once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from leadboard.domain.work import Workflow
from leadboard.store import work
from leadboard.store.db import Database


@dataclass(frozen=True)
class Job:
    """A workflow that is asked for once in each period, at the moments of `when` (a cron line, UTC)."""

    workflow: Workflow
    when: str
    period: timedelta


JOBS: tuple[Job, ...] = (
    Job(Workflow.SETTLE_BROKEN, "*/5 * * * *", timedelta(minutes=5)),
    Job(Workflow.KEEP_ACCOUNTS, "0 * * * *", timedelta(hours=1)),
    Job(Workflow.FORGET_FINISHED, "15 3 * * *", timedelta(days=1)),
    Job(Workflow.TIDY, "45 3 * * *", timedelta(days=1)),
)


class Clock:
    """Ticks from `start()` to `stop()`, on the loop that started it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        for job in JOBS:
            self._scheduler.add_job(
                self.tick,
                CronTrigger.from_crontab(job.when, timezone=UTC),
                [job],
                id=job.workflow,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        self._scheduler.shutdown(wait=False)

    async def tick(self, job: Job) -> None:
        """Ask for a job's work of this period."""
        async with self._database.begin() as tx:
            period = floor(tx.now, job.period)
            await work.enqueue(tx, job.workflow, "", period, workflow_id=f"{job.workflow}-{period}")


def floor(moment: datetime, period: timedelta) -> str:
    """The start of the period a moment lies in, as text: the same in every process."""
    seconds = int(moment.timestamp() // period.total_seconds() * period.total_seconds())
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%MZ")
