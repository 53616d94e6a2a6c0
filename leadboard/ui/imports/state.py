"""What a person does on the import pages; what they show is filled by the live view."""

import reflex as rx

from leadboard.domain.rights import Right
from leadboard.ui.guard import needs
from leadboard.ui.viewer import Viewer


class ImportState(Viewer, rx.State):
    """The list of imports, or one of them."""

    error: str = ""

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Look at the import in the address, or at all of them."""
        self.error = str(self.router.url.query_parameters.get("error", ""))[:300]
