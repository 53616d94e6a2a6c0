"""The names of durable work: one list for those who ask for it and those who do it."""

from enum import StrEnum


class Workflow(StrEnum):
    """A workflow, by the name it is enqueued under."""

    ENRICH = "enrich"
    IMPORT = "import"
    REVERT_IMPORT = "revert_import"
    RESCORE = "rescore"
    CHECK_ACCESS = "check_access"
    STUDY = "study"
    DISCOVER = "discover"
    BATCH = "batch"
    VERIFY = "verify"
    KEEP_ACCOUNTS = "keep_accounts"
    SETTLE_BROKEN = "settle_broken"
    FORGET_FINISHED = "forget_finished"
    TIDY = "tidy"


class Queue(StrEnum):
    """A queue. Every workflow belongs to exactly one."""

    ENRICHMENT = "enrichment"
    FILES = "files"
    BATCHES = "batches"
    HOUSE = "house"


QUEUE_OF = {
    Workflow.ENRICH: Queue.ENRICHMENT,
    Workflow.IMPORT: Queue.FILES,
    Workflow.REVERT_IMPORT: Queue.FILES,
    Workflow.RESCORE: Queue.FILES,
    Workflow.CHECK_ACCESS: Queue.ENRICHMENT,
    Workflow.STUDY: Queue.ENRICHMENT,
    Workflow.DISCOVER: Queue.ENRICHMENT,
    Workflow.BATCH: Queue.BATCHES,
    Workflow.VERIFY: Queue.ENRICHMENT,
    Workflow.KEEP_ACCOUNTS: Queue.HOUSE,
    Workflow.SETTLE_BROKEN: Queue.HOUSE,
    Workflow.FORGET_FINISHED: Queue.HOUSE,
    Workflow.TIDY: Queue.HOUSE,
}
