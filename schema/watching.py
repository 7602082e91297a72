"""How a subscription follows a thing: the state at once, then again whenever a hint says that it moved.

A hint is never the message: before each message the token is looked at again and the thing is read afresh for
the one who watches. What a lost hint would hide, a look every `LOOK_EVERY_S` seconds finds.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from graphql import GraphQLError

from marketplace.identity import service as identity
from schema.context import Info
from schema.problems import as_graphql_error

LOOK_EVERY_S = 20.0

P = ParamSpec("P")
T = TypeVar("T")


async def follow(
    info: Info, topics: Sequence[str], look: Callable[[], Awaitable[Sequence[T]]], *, least_s: float = 0.0
) -> AsyncIterator[T]:
    """What `look` answers, now and after each hint: the messages that are new since it was last called.

    `least_s`: at least so long between two looks. Raises MarketplaceError when the token has ended, or when
    `look` does because the thing may not be seen any more.
    """
    with info.context.adapters.live.watch(*topics) as watch:
        while True:
            for message in await look():
                yield message
            await asyncio.sleep(least_s)
            await watch.next(LOOK_EVERY_S)
            info.context.forget()
            if info.context.token is not None:
                info.context.actor = await identity.authenticate(info.context.token)


def watching(resolver: Callable[P, AsyncIterator[T]]) -> Callable[P, AsyncIterator[T]]:
    """A subscription's resolver: a refusal becomes the last message's error, and the others go on.

    Raised, it would end the whole connection; graphql-core makes of an exception that is *yielded* an error
    of that one message.
    """

    @wraps(resolver)
    async def answer(*args: P.args, **kwargs: P.kwargs) -> AsyncIterator[Any]:
        info: Any = kwargs["info"]
        messages = resolver(*args, **kwargs)
        try:
            async for message in messages:
                yield message
        except Exception as refused:
            yield as_graphql_error(GraphQLError("", original_error=refused), info.context.language)
        finally:
            await messages.aclose()  # type: ignore[attr-defined]  # an async generator's own

    return answer
