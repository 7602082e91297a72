"""What the node writes down: one event a line, JSON in production, never a secret."""

import logging
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

import structlog

from marketplace import clock, rules
from marketplace.settings import Settings

#: A value under a name that contains one of these is a secret.
SECRET = ("token", "password", "secret", "authorization", "cookie", "key", "pin", "otp", "one_time")
#: These contain such a word and name nothing secret.
OPEN = frozenset({"idempotency_key", "shipping", "mapping"})

#: Frames without their local variables: those hold tokens, codes and people's addresses.
_TRACEBACKS = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))


#: Where the request under way notes that it leaves no line; one list a request, whichever task answers it.
_silent: ContextVar[list[bool] | None] = ContextVar("silent_request", default=None)


def listen_for_silence() -> list[bool]:
    """For the edge: what `leave_no_line` fills while this request is answered."""
    asked: list[bool] = []
    _silent.set(asked)
    return asked


def leave_no_line() -> None:
    """The request under way is not written down: of a secret ballot not even that one was cast at this moment."""
    asked = _silent.get()
    if asked is not None:
        asked.append(True)


def hide_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank every value whose name says that it is secret, at any depth."""
    return {name: "[hidden]" if _is_secret(name) else _hidden(value) for name, value in event.items()}


def _is_secret(name: str) -> bool:
    lower = name.lower()
    return lower not in OPEN and any(word in lower for word in SECRET)


def _hidden(value: Any) -> Any:
    return hide_secrets(None, "", value) if isinstance(value, dict) else value


def configure(settings: Settings) -> None:
    """Set up logging for this process, the libraries' included."""
    level = logging.getLevelName(settings.log_level.upper())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    if settings.is_production:
        shared += [_TRACEBACKS, structlog.processors.JSONRenderer()]
    else:
        shared.append(
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        )
    structlog.configure(
        processors=shared,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    least = max(level, logging.WARNING)
    logging.basicConfig(stream=sys.stderr, level=least, format="%(name)s: %(message)s", force=True)


def tell_of_unsure_rules(settings: Settings) -> None:
    """Say once, as a node or worker starts, of which rules in force it is not sure."""
    unsure = rules.unsure(clock.now().astimezone(settings.zone).date())
    if unsure:
        names = [f"{value.name} ({value.confidence}: {value.instrument})" for value in unsure]
        structlog.get_logger().warning("rules not sure", count=len(names), rules=names, listed_by="lumbung rules")
