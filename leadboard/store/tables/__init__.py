"""Every table, imported here so that metadata is whole wherever one of them is used."""

from leadboard.store.tables.access import Access
from leadboard.store.tables.base import Tenant, naming, utcnow
from leadboard.store.tables.batches import Batch, BatchRecord, Discovery
from leadboard.store.tables.imports import ImportJob, ImportRow
from leadboard.store.tables.leads import Claim, ColumnTotal, Contact, Icp, Lead, Package, Part, Run, Site
from leadboard.store.tables.log import Event, Executor, Feed
from leadboard.store.tables.notes import Note
from leadboard.store.tables.people import Attempt, Audit, Install, Invite, Membership, Session, User, Workspace
from leadboard.store.tables.spend import Ask, Budget, Credit, ModelCall, Saving, ServiceOrder, Subscription
from leadboard.store.tables.studies import Study
from leadboard.store.tables.undo import Undo

__all__ = [
    "Access",
    "Ask",
    "Attempt",
    "Audit",
    "Batch",
    "BatchRecord",
    "Budget",
    "Claim",
    "ColumnTotal",
    "Contact",
    "Credit",
    "Discovery",
    "Event",
    "Executor",
    "Feed",
    "Icp",
    "ImportJob",
    "ImportRow",
    "Install",
    "Invite",
    "Lead",
    "Membership",
    "ModelCall",
    "Note",
    "Package",
    "Part",
    "Run",
    "Saving",
    "ServiceOrder",
    "Session",
    "Site",
    "Study",
    "Subscription",
    "Tenant",
    "Undo",
    "User",
    "Workspace",
    "naming",
    "utcnow",
]
