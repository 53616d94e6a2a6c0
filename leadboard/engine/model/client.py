"""The service's Messages API over its SDK, its errors told apart by what the caller may do next.

The SDK takes seconds and a good deal of memory to import: only `gateway` imports this module, when it first asks.
"""

from collections.abc import Mapping
from typing import Any

import anthropic
import httpx2
from anthropic.types import Message

from leadboard.domain.models import Usage
from leadboard.engine.model.failures import Away, Busy, Failure, Garbled, Late, Turned
from leadboard.engine.model.prompt import Prompt, Reply
from leadboard.providers.base import retry_after

CONNECT_SECONDS = 5.0


class Client:
    """One client for a key. `transport` is the demo world's or a test's; `seconds` is the time one attempt may take."""

    def __init__(self, key: str, seconds: float, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._sdk = anthropic.AsyncAnthropic(
            api_key=key,
            base_url="https://api.anthropic.com",
            max_retries=0,
            timeout=httpx2.Timeout(seconds, connect=CONNECT_SECONDS),
            http_client=anthropic.DefaultAsyncHttpxClient(transport=transport, trust_env=False, follow_redirects=False),
        )

    async def count(self, model: str, prompt: Prompt) -> int:
        """The tokens of a prompt, counted by the service for nothing. Raises `Failure`."""
        return (await self._call(self._sdk.messages.count_tokens(model=model, **_content(prompt)))).input_tokens

    async def ask(self, model: str, prompt: Prompt, schema: Mapping[str, Any]) -> Reply:
        """One answer, of this JSON schema as far as the service sees to it. Raises `Failure`."""
        message: Message = await self._call(
            self._sdk.messages.create(
                model=model,
                max_tokens=prompt.most,
                output_config={"format": {"type": "json_schema", "schema": anthropic.transform_schema(dict(schema))}},
                **_content(prompt),
            )
        )
        return Reply(
            text="".join(block.text for block in message.content if block.type == "text"),
            stopped=message.stop_reason or "",
            usage=_usage(message),
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._sdk.close()

    async def _call(self, sent: Any) -> Any:
        try:
            return await sent
        except anthropic.APITimeoutError as error:
            connecting = isinstance(error.__cause__, httpx2.ConnectTimeout | httpx2.PoolTimeout)
            raise (Away() if connecting else Late()) from error
        except anthropic.APIConnectionError as error:
            sent_nothing = isinstance(error.__cause__, httpx2.ConnectError)
            raise (Away() if sent_nothing else Late()) from error
        except anthropic.APIResponseValidationError as error:
            raise Garbled() from error
        except anthropic.APIStatusError as error:
            raise _failure(error) from error


def _failure(error: anthropic.APIStatusError) -> Failure:
    status, words = error.status_code, " ".join(str(error.message).split())[:300]
    again = status in (408, 409, 429) or status >= 500
    if isinstance(error, anthropic.EnforcedSpendLimitReachedError):
        again = False
    match error.response.headers.get("x-should-retry"):
        case "true":
            again = True
        case "false":
            again = False
    return Busy(status, words, retry_after(error.response.headers)) if again else Turned(status, words)


def _content(prompt: Prompt) -> dict[str, Any]:
    """What is the same for every call, then what is the same for every call about this lead, both kept in the
    service's cache; then what this call is about."""
    cached = {"type": "ephemeral"}
    return {
        "system": [{"type": "text", "text": prompt.rules, "cache_control": cached}],
        "messages": [
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": prompt.data, "cache_control": cached},
                    {"type": "text", "text": prompt.task},
                ],
            }
        ],
    }


def _usage(message: Message) -> Usage:
    used = message.usage
    return Usage(
        input=used.input_tokens,
        output=used.output_tokens,
        cache_write=used.cache_creation_input_tokens or 0,
        cache_read=used.cache_read_input_tokens or 0,
    )
