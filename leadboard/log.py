"""Structured logs: one JSON object a line, from every library, with secrets taken out on the way.

`configure()` puts one handler on the root logger and takes away those that libraries brought; whatever is logged passes
the same filter, tracebacks included.
"""

import logging
import re
import secrets
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

HIDDEN = "[hidden]"

_SECRET_NAMES = re.compile(
    r"authori[sz]ation|cookie|passw|secret|token|api[-_]?key|^(key|payload|headers|body|prompt|router_data)$", re.I
)
_SECRET_TEXT: tuple[tuple[re.Pattern[str], str], ...] = (
    # a header or an assignment, in a repr, in JSON, on a line of its own
    (
        re.compile(
            r"""(?i)(["']?(?:proxy-)?(?:authorization|(?:set-)?cookie|x-api-key|password|passwd|secret|api[-_]?key|token)"""
            r"""["']?\s*[:=,]\s*b?)("[^"]*"?|'[^']*'?|[^\r\n,}\])]+)"""
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"\b(__Host-lb|lb|session)=[^\s;,\"']+"), rf"\1={HIDDEN}"),
    (re.compile(r"\blb_[\w-]{8,}"), HIDDEN),
    (re.compile(r"\b[srp]k[-_][\w-]{8,}"), HIDDEN),
    (re.compile(r"://[^/\s:@]*:[^/\s@]+@"), f"://{HIDDEN}@"),
    # links whose path is the secret
    (re.compile(r"(/(?:join|hooks|portal|reset)/(?:[\w.-]+/)*)[\w-]{20,}"), rf"\1{HIDDEN}"),
    # query strings
    (re.compile(r"(?<=[\w/%.-])\?[\w.%~+-]*=[^\s\"'<>)\]}]*"), f"?{HIDDEN}"),
)
_LONGEST = 20_000


def redact(text: str) -> str:
    """The text without what could let a reader in: tokens, keys, cookies, passwords, query strings, secret links."""
    for pattern, instead in _SECRET_TEXT:
        text = pattern.sub(instead, text)
    return text


def redacted(value: Any, name: str = "") -> Any:
    """The same for a value of a log entry; what a secret's name stands before goes as a whole."""
    if name and value and _SECRET_NAMES.search(name):
        return HIDDEN
    match value:
        case str():
            return redact(value[:_LONGEST])
        case Mapping():
            return {str(key): redacted(inner, str(key)) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [redacted(inner) for inner in value]
        case bool() | int() | float() | None:
            return value
        case _:
            return redact(str(value)[:_LONGEST])


def _redact_entry(logger: object, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: redacted(value, key) for key, value in entry.items()}


_SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(level: str = "INFO") -> None:
    """Log to standard error from now on, at this level. Once per process; safe to repeat."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _redact_entry,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    structlog.configure(
        processors=[
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("httpx", "httpcore", "apscheduler", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(True)
    adopt()


def adopt() -> None:
    """Take over loggers that brought handlers of their own. Again after a library was started that brings some."""
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger) and logger.handlers:
            logger.handlers = []
            logger.propagate = True


def fault(error: BaseException, **about: object) -> str:
    """Log an error nobody expected, with its trace; returns the id to show the person, who may quote it."""
    fault_id = secrets.token_hex(4)
    structlog.get_logger("leadboard.fault").error(
        "fault", fault=fault_id, error=type(error).__name__, exc_info=error, **about
    )
    return fault_id
