"""What an operator sets: `LUMBUNG_*` variables, read once, checked at start.

A secret may instead stand in a file: `LUMBUNG_SECRET_KEY_FILE=/run/secrets/key`. A wrong value stops the
start with the variable's name, the form it must have and how to mend it.
"""

import os
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

PREFIX = "LUMBUNG_"
DEVELOPMENT_SECRET = "development-only-secret-not-for-production"


class Mode(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SettingsRefused(Exception):
    """A variable has a value that the node can't start with."""


class Settings(BaseModel):
    """The node's settings. Field `x` is read from `LUMBUNG_X`, or from the file at `LUMBUNG_X_FILE`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Mode = Field(Mode.DEVELOPMENT, description="development | production")
    host: str = Field("127.0.0.1", description="an address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="a port, 0 to 65535")
    processes: int = Field(1, ge=1, le=64, description="server processes, 1 to 64")
    public_url: str = Field("http://127.0.0.1:8000", pattern=r"^https?://", description="http(s)://host[:port]")
    map_tiles_url: str = Field(
        "",
        pattern=r"^$|^https?://[A-Za-z0-9.-]+(:\d+)?/[A-Za-z0-9._/{}?=&-]*$",
        description="https://host/{z}/{x}/{y}.png: tiles below the web app's map, which else shows points on a plane",
    )
    map_tiles_credit: str = Field("", max_length=120, description="whom the map names for its tiles")
    folder: Path = Field(Path("var"), description="the node's folder: database, search, uploads, keys")
    database_url: str = Field(
        "",
        pattern=r"^($|sqlite://|postgres(ql)?://)",
        description="sqlite://path | postgres://user:pw@host/db",
    )
    database_pool: Annotated[int, Field(ge=1, le=200)] = Field(20, description="connections a process, 1 to 200")
    redis_url: str = Field("", pattern=r"^($|rediss?://)", description="redis://host:port/0, or empty")
    meilisearch_url: str = Field("", pattern=r"^($|https?://)", description="http(s)://host:7700, or empty: embedded")
    meilisearch_key: SecretStr = Field(SecretStr(""), description="a key that may index and search")
    meilisearch_key_uid: str = Field(
        "",
        pattern=r"^($|[0-9a-f-]{36}$)",
        description="that key's uid, which search tokens name, or empty: none given",
    )
    meilisearch_public_url: str = Field(
        "", pattern=r"^($|https?://)", description="where browsers reach Meilisearch, or empty: no search tokens"
    )
    osrm_url: str = Field(
        "", pattern=r"^($|https?://)", description="http(s)://host:5000 of an OSRM server, or empty"
    )
    osrm_profile: str = Field(
        "driving", pattern=r"^[A-Za-z0-9_-]{1,40}$", description="the profile that its data was prepared with"
    )
    valhalla_url: str = Field(
        "", pattern=r"^($|https?://)", description="http(s)://host:8002 of a Valhalla server, or empty"
    )
    routing_timeout_s: float = Field(2.0, gt=0, le=10, description="seconds to wait for a routing engine, up to 10")
    secret_key: SecretStr = Field(SecretStr(DEVELOPMENT_SECRET), min_length=32, description="32 random characters")
    credentials_keys: SecretStr = Field(
        SecretStr(""), description="keys that seal co-ops' payment credentials, the newest first, comma-separated"
    )
    tax_designated_since: str = Field(
        "",
        pattern=r"^($|\d{4}-\d{2}-\d{2}$)",
        description="the day on which the tax office decided to have this node withhold from sellers, or empty",
    )
    stripe_url: str = Field("https://api.stripe.com", pattern=r"^https?://", description="Stripe's API")
    midtrans_url: str = Field("", pattern=r"^($|https?://)", description="Midtrans' API, or empty: by environment")
    midtrans_payouts_url: str = Field(
        "", pattern=r"^($|https?://)", description="Midtrans' payouts API, or empty: by environment"
    )
    time_zone: str = Field("Asia/Jakarta", description="an IANA zone: Asia/Jakarta, Asia/Makassar, Asia/Jayapura")
    worker_in_process: bool = Field(True, description="true | false: drain the outbox in the server")
    allow_introspection: bool | None = Field(None, description="true | false; unset: in development only")
    require_trusted_documents: bool = Field(False, description="true | false: run only registered documents")
    cors_origins: tuple[str, ...] = Field((), description="comma-separated origins: https://app.example")
    smtp_url: SecretStr = Field(SecretStr(""), description="smtp://user:pw@host:587, or empty")
    mail_from: str = Field("lumbung@localhost", description="the sender's address")
    code_gateway_url: str = Field("", pattern=r"^($|https?://)", description="webhook that sends WhatsApp/SMS")
    code_gateway_secret: SecretStr = Field(SecretStr(""), description="signs requests to that webhook")
    call_gateway_url: str = Field("", pattern=r"^($|https?://)", description="webhook that puts calls through")
    call_gateway_secret: SecretStr = Field(SecretStr(""), description="signs requests to that webhook")
    twilio_account: str = Field(
        "", pattern=r"^($|AC[0-9a-fA-F]{32}$)", description="Twilio's, which puts calls through"
    )
    twilio_token: SecretStr = Field(SecretStr(""), description="that account's auth token")
    twilio_number: str = Field(
        "", pattern=r"^($|\+[1-9]\d{7,14}$)", description="that account's number, shown to both"
    )
    twilio_url: str = Field("", pattern=r"^($|https?://)", description="another address of its API; empty: Twilio's")
    web_push_private_key: SecretStr = Field(SecretStr(""), description="VAPID private key; made when empty")
    web_push_subject: str = Field("mailto:operator@localhost", description="mailto: or https: contact")
    allow_private_endpoints: bool = Field(
        False, description="true | false: call web push endpoints and webhooks in private networks"
    )
    sandbox: bool = Field(False, description="true | false: simulated sellers, drivers and payers answer")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="debug|info|warning|error")
    max_body_bytes: int = Field(1_048_576, ge=1024, description="largest request body, in bytes")
    max_upload_bytes: int = Field(8_388_608, ge=1024, description="largest uploaded file, in bytes")
    max_query_depth: int = Field(12, ge=1, description="levels of a query")
    max_query_aliases: int = Field(30, ge=1, description="aliases in a document")
    max_query_cost: int = Field(5_000, ge=1, description="points that a query may cost")
    max_socket_operations: int = Field(50, ge=1, description="operations that stand open on one WebSocket")
    rate_per_minute: int = Field(600, ge=1, description="requests a minute for one actor or address")

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("map_tiles_url")
    @classmethod
    def _names_its_tiles(cls, value: str) -> str:
        if value and not all(part in value for part in ("{z}", "{x}", "{y}")):
            raise ValueError("it needs {z}, {x} and {y}")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except Exception as cause:
            raise ValueError("no such zone") from cause
        return value

    @model_validator(mode="after")
    def _no_development_secret(self) -> "Settings":
        if self.mode is Mode.PRODUCTION and self.secret_key.get_secret_value() == DEVELOPMENT_SECRET:
            raise ValueError("LUMBUNG_SECRET_KEY: production needs its own secret of at least 32 characters")
        if self.osrm_url and self.valhalla_url:
            raise ValueError("LUMBUNG_OSRM_URL and LUMBUNG_VALHALLA_URL: set one of them")
        if self.is_production and self.call_gateway_url and not self.call_gateway_secret.get_secret_value():
            raise ValueError("LUMBUNG_CALL_GATEWAY_SECRET: calls are put through by signed requests only")
        if len({bool(self.twilio_account), bool(self.twilio_token), bool(self.twilio_number)}) > 1:
            raise ValueError("LUMBUNG_TWILIO_ACCOUNT, _TOKEN and _NUMBER: set all three of them, or none")
        if self.twilio_account and self.call_gateway_url:
            raise ValueError("LUMBUNG_CALL_GATEWAY_URL and LUMBUNG_TWILIO_ACCOUNT: set one of them")
        keys = [key.strip() for key in self.credentials_keys.get_secret_value().split(",") if key.strip()]
        if any(len(key) < 32 for key in keys):
            raise ValueError("LUMBUNG_CREDENTIALS_KEYS: each key needs at least 32 characters")
        return self

    @property
    def is_production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @property
    def tax_designated_on(self) -> date | None:
        """When the tax office designated the node to withhold from sellers; None: it is not designated."""
        return date.fromisoformat(self.tax_designated_since) if self.tax_designated_since else None

    @property
    def hides_numbers(self) -> bool:
        """Whether parties to a delivery call each other through a gateway, and so need not see a number."""
        return bool(self.call_gateway_url or self.twilio_account)

    @property
    def introspection(self) -> bool:
        """Whether a client may ask for the schema by a query; the schema file is served anyway."""
        return not self.is_production if self.allow_introspection is None else self.allow_introspection

    @property
    def database(self) -> str:
        """The database's URL: SQLite in the node's folder unless one is set."""
        return self.database_url or f"sqlite://{self.folder / 'lumbung.sqlite3'}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment names; raises SettingsRefused with what to mend."""
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for name in Settings.model_fields:
        variable = PREFIX + name.upper()
        if path := environment.get(variable + "_FILE"):
            try:
                values[name] = Path(path).read_text().strip()
            except OSError as cause:
                raise SettingsRefused(f"{variable}_FILE: can't read {path}: {cause.strerror}") from cause
        elif variable in environment:
            values[name] = environment[variable]
    try:
        return Settings(**values)
    except ValidationError as refused:
        raise SettingsRefused("\n".join(_explain(refused))) from None


def _explain(refused: ValidationError) -> list[str]:
    lines = []
    for error in refused.errors(include_input=False, include_url=False):
        if not error["loc"]:
            lines.append(error["msg"])
            continue
        name = str(error["loc"][0])
        form = Settings.model_fields[name].description
        lines.append(f"{PREFIX}{name.upper()}: {error['msg']}; it takes: {form}")
    return lines
