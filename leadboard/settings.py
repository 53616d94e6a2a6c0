"""What this installation is told from outside. The only reader of the environment; passed inward from there."""

import base64
import hmac
import os
import secrets
from decimal import Decimal
from errno import EACCES
from functools import cached_property
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from leadboard.domain.budgets import MICROS, Kind
from leadboard.domain.models import PRICES, Price
from leadboard.domain.services import Task
from leadboard.errors import Refused

LOOPBACK_NAMES = ("localhost", "127.0.0.1")
SHORTEST_SECRET = 32


class ServiceTold(BaseModel):
    """What an installation knows better of an outside service: prices in US dollars a call, and how it is reached."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prices: dict[Task, Decimal] = {}
    calls_per_second: float | None = Field(default=None, gt=0)
    address: str = Field(default="", pattern=r"^(https?://\S+)?$")


class Settings(BaseSettings):
    """One attribute a setting; `.env.example` describes each. What follows from them is below, as properties."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Field(default=Path("data"), validation_alias="LEADBOARD_DATA_DIR")
    host: str = Field(default="127.0.0.1", validation_alias="LEADBOARD_HOST")
    port: int = Field(default=3000, validation_alias="LEADBOARD_PORT", ge=1, le=65535)
    secret_key: str = Field(default="", validation_alias="LEADBOARD_SECRET_KEY", repr=False)
    old_secret_keys: str = Field(default="", validation_alias="LEADBOARD_OLD_SECRET_KEYS", repr=False)
    contact: str = Field(default="", validation_alias="LEADBOARD_CONTACT")
    anthropic_key: str = Field(default="", validation_alias="ANTHROPIC_API_KEY", repr=False)
    model_prices: dict[str, list[Decimal]] = Field(default={}, validation_alias="LEADBOARD_MODEL_PRICES")
    model: str = Field(default="claude-haiku-5-5", validation_alias="LEADBOARD_MODEL")
    model_seconds: float = Field(default=40, validation_alias="LEADBOARD_MODEL_SECONDS", gt=0, le=600)
    services: dict[str, ServiceTold] = Field(default={}, validation_alias="LEADBOARD_SERVICES")
    provider_cap_usd: Decimal = Field(default=Decimal(10), validation_alias="LEADBOARD_PROVIDER_CAP_USD", ge=0)
    model_cap_aud: Decimal = Field(default=Decimal(50), validation_alias="LEADBOARD_MODEL_CAP_AUD", ge=0)
    workspace_model_cap_aud: Decimal = Field(
        default=Decimal(50), validation_alias="LEADBOARD_WORKSPACE_MODEL_CAP_AUD", ge=0
    )
    study_cap_aud: Decimal = Field(default=Decimal("1.50"), validation_alias="LEADBOARD_STUDY_CAP_AUD", ge=0)
    aud_per_usd: Decimal = Field(default=Decimal("1.55"), validation_alias="LEADBOARD_AUD_PER_USD", gt=0)
    public_url: str = Field(default="", validation_alias="PUBLIC_URL")
    insecure_http: bool = Field(default=False, validation_alias="INSECURE_HTTP")
    trusted_proxy_hops: int = Field(default=0, validation_alias="TRUSTED_PROXY_HOPS", ge=0)
    database_url: str = Field(default="", validation_alias="DATABASE_URL", repr=False)
    migration_database_url: str = Field(default="", validation_alias="MIGRATION_DATABASE_URL", repr=False)
    redis_url: str = Field(default="", validation_alias="REDIS_URL", repr=False)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", validation_alias="LOG_LEVEL")
    env_mode: str = Field(default="prod", validation_alias="REFLEX_ENV_MODE")

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/")):
            raise ValueError("PUBLIC_URL is a scheme and a name, like https://board.example.com")
        return f"{parts.scheme}://{parts.netloc.lower()}" if value else ""

    @field_validator("database_url", "migration_database_url")
    @classmethod
    def _a_known_database(cls, value: str) -> str:
        for scheme in ("postgres://", "postgresql://"):
            if value.startswith(scheme):
                return "postgresql+psycopg://" + value.removeprefix(scheme)
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("The database is sqlite:///path or postgresql://user@host/name")
        return value

    @field_validator("model_prices")
    @classmethod
    def _whole_prices(cls, value: dict[str, list[Decimal]]) -> dict[str, list[Decimal]]:
        if not all(2 <= len(each) <= 4 and min(each) >= 0 for each in value.values()):
            raise ValueError(
                "A price is US dollars for a million tokens read and written, and if known for those written to the "
                'cache and read from it, like {"claude-haiku-5-5": [0.10, 0.50, 0.125, 0.01]}'
            )
        return value

    @field_validator("model")
    @classmethod
    def _a_model_with_a_price(cls, value: str, about: ValidationInfo) -> str:
        known = {**PRICES, **about.data.get("model_prices", {})}
        if value not in known:
            raise ValueError(
                f"Its price is not known, so no budget could hold it. Name one of {', '.join(known)}, or its price in "
                "LEADBOARD_MODEL_PRICES"
            )
        return value

    @property
    def prices(self) -> dict[str, Price]:
        """What the words of each model cost."""
        return {**PRICES, **{name: Price(*each) for name, each in self.model_prices.items()}}

    def usd_micros(self, aud: Decimal) -> int:
        """Australian dollars in millionths of a US dollar."""
        return int(aud / self.aud_per_usd * MICROS)

    @property
    def database(self) -> str:
        """The URL of the app's database: a file in the data folder unless told otherwise."""
        return self.database_url or f"sqlite:///{self.data_dir / 'leadboard.db'}"

    @property
    def uploads(self) -> Path:
        """Where imported files are kept for a month."""
        return self.data_dir / "uploads"

    @property
    def migration_url(self) -> str:
        """The login that owns the tables; the app's own one may only read and write rows."""
        return self.migration_database_url or self.database

    @property
    def app_role(self) -> str:
        """The name of the app's own login where another one migrates, else "" (see `store.migrate`)."""
        role = urlsplit(self.database).username or ""
        return role if role != urlsplit(self.migration_url).username else ""

    @property
    def only_here(self) -> bool:
        """Whether nobody but this machine can reach the app."""
        return not self.public_url and _is_loopback(self.host)

    @property
    def address(self) -> str:
        """What people type into the browser."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def origins(self) -> frozenset[str]:
        """The pages that may post to us and open our websocket."""
        if self.public_url:
            return frozenset({self.public_url})
        return frozenset(f"http://{name}:{self.port}" for name in LOOPBACK_NAMES)

    @property
    def hosts(self) -> frozenset[str]:
        """The Host headers we answer to; the loopback names stay for health checks on the machine itself."""
        local = {f"{name}:{self.port}" for name in LOOPBACK_NAMES}
        return frozenset(local | {urlsplit(self.address).netloc})

    @property
    def secure(self) -> bool:
        """Whether people reach us over https."""
        return self.address.startswith("https://")

    @property
    def cookie_name(self) -> str:
        """`__Host-` makes browsers keep it Secure and to this host; over plain http they would drop it."""
        return "lb" if self.insecure_http else "__Host-lb"

    @property
    def invitation_cookie(self) -> str:
        """Holds the secret of an invitation between opening its link and joining."""
        return f"{self.cookie_name}-invitation"

    @property
    def caps(self) -> dict[Kind, int]:
        """What all workspaces together may spend on a UTC day, in millionths of a US dollar."""
        return {
            Kind.PROVIDERS: int(self.provider_cap_usd * MICROS),
            Kind.MODELS: self.usd_micros(self.model_cap_aud),
        }

    def sub_key(self, use: str) -> bytes:
        """32 bytes for one use, derived from the secret (HKDF-SHA256, RFC 5869): all processes agree on them."""
        return _sub_key(self._secret, use)

    def key_ring(self, use: str) -> tuple[bytes, ...]:
        """The sub-keys for one use of this secret and of those it replaced, the newest first."""
        old = (secret.strip().encode() for secret in self.old_secret_keys.split(",") if secret.strip())
        return tuple(_sub_key(secret, use) for secret in (self._secret, *old))

    def set_up_code(self) -> str:
        """The code that the first owner types, printed at start: whoever reads our output may set us up."""
        letters = base64.b32encode(self.sub_key("set-up code"))[:12].decode()
        return "-".join(letters[i : i + 4] for i in range(0, 12, 4))

    @cached_property
    def _secret(self) -> bytes:
        if self.secret_key:
            return self.secret_key.encode()
        return _kept_secret(self.data_dir / "secret.key")

    def check_start(self) -> None:
        """Refuse to serve with settings that would leave people unprotected."""
        if self.env_mode != "prod":
            raise Refused("Development mode shows errors to visitors. Start with REFLEX_ENV_MODE=prod or without it.")
        if not self.public_url and not _is_loopback(self.host):
            raise Refused(
                f"LEADBOARD_HOST={self.host} lets others reach this app, but PUBLIC_URL does not say under which "
                "address. Set PUBLIC_URL to what people type, or LEADBOARD_HOST to 127.0.0.1."
            )
        local = _is_loopback(urlsplit(self.address).hostname or "")
        if not self.secure and not local and not self.insecure_http:
            raise Refused(
                f"PUBLIC_URL={self.public_url} is plain http: passwords would be readable on the way. Use https, or "
                "set INSECURE_HTTP=1 where the network itself is private."
            )
        if self.secure and self.insecure_http:
            raise Refused("INSECURE_HTTP=1 would weaken the session cookie of an https address. Remove it.")
        if self.secret_key and len(self.secret_key) < SHORTEST_SECRET:
            raise Refused(
                f"LEADBOARD_SECRET_KEY is shorter than {SHORTEST_SECRET} characters and could be guessed. Leave it out "
                "to have one made, or use the output of: openssl rand -base64 32"
            )

    def make_folder(self) -> None:
        """Make the data folder; `Refused` when it cannot be written to."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not os.access(self.data_dir, os.W_OK | os.X_OK):
                raise PermissionError(EACCES, os.strerror(EACCES))
        except OSError as error:
            reason = f"{error.strerror or error}".lower()
            way_on = "Set LEADBOARD_DATA_DIR to a folder that this user may write to."
            raise Refused(f"The data folder {self.data_dir} cannot be used: {reason}. {way_on}") from error


def load() -> Settings:
    """The settings of this process; `Refused` with a line for each that is none."""
    try:
        return Settings()
    except ValidationError as invalid:
        raise Refused("\n".join(map(_why_not, invalid.errors()))) from None


def _why_not(error: ErrorDetails) -> str:
    name = str(error["loc"][0])
    shown = next(field.repr for field in Settings.model_fields.values() if field.validation_alias == name)
    told = f"{name}={error['input']}" if shown else name
    reason = error["msg"].removeprefix("Value error, ").replace("Input", "It", 1)
    return f"{told} cannot be used. {reason}. Change it in the environment or in .env."


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _sub_key(secret: bytes, use: str) -> bytes:
    pseudo_random = hmac.digest(b"leadboard", secret, sha256)
    return hmac.digest(pseudo_random, use.encode() + b"\x01", sha256)


def _kept_secret(path: Path) -> bytes:
    """The secret in the data folder; made at the first start, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(32))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text().strip().encode()
