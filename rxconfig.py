"""What Reflex needs to know to build and serve the pages."""

import reflex as rx

from leadboard.build import PLACEHOLDER
from leadboard.settings import Settings
from leadboard.ui.theme import Inter, themes

settings = Settings()

config = rx.Config(
    app_name="leadboard",
    plugins=[themes(), Inter()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    telemetry_enabled=False,
    show_built_with_reflex=False,
    transport="websocket",
    default_color_mode="system",
    api_url=f"http://{PLACEHOLDER}",
    backend_host=settings.host,
    backend_port=settings.port,
    cors_allowed_origins=sorted(settings.origins),
    trusted_proxy_hops=settings.trusted_proxy_hops,
    state_manager_mode="redis" if settings.redis_url else "memory",
    redis_url=settings.redis_url or None,
    redis_token_expiration=900,
)
