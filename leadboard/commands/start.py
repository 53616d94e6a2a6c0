"""What the start of an installation has to know."""

from leadboard.actions import people
from leadboard.settings import Settings
from leadboard.store import db


async def set_up_is_open(settings: Settings) -> bool:
    """Whether nobody owns this installation yet."""
    database = db.open_database(settings.database)
    db.use(database)
    try:
        return await people.set_up_open()
    finally:
        db.use(None)
        await database.dispose()
