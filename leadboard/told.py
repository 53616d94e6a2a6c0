"""What this installation knows better of outside services, on its way from the settings to who asks them."""

from leadboard.domain.budgets import MICROS
from leadboard.providers.registry import Told, tell
from leadboard.settings import Settings


def tell_services(settings: Settings) -> None:
    """Let services be as the settings say. `Refused` for a service or a task that there is not."""
    tell(
        {
            name: Told(
                {task: int(price * MICROS) for task, price in each.prices.items()},
                each.calls_per_second,
                each.address if not each.address or each.address.endswith("/") else f"{each.address}/",
            )
            for name, each in settings.services.items()
        }
    )
