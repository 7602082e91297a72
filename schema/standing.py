"""A WebSocket outlives what proved its owner: before each of its operations the token is looked at again."""

from collections.abc import AsyncIterator

from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from marketplace.errors import MarketplaceError
from marketplace.identity import service as identity
from schema.context import Context
from schema.problems import as_graphql_error


class Standing(SchemaExtension):
    """Refuses an operation over a WebSocket whose token has ended, or whose account was suspended."""

    async def on_validate(self) -> AsyncIterator[None]:
        context: Context = self.execution_context.context
        if context.connection_params is not None:  # over HTTP the token was looked at with the request
            context.forget()
            await self._look_again(context)
        yield

    async def _look_again(self, context: Context) -> None:
        if context.token is None:
            return
        try:
            context.actor = await identity.authenticate(context.token)
        except MarketplaceError as refused:
            error = GraphQLError(str(refused), original_error=refused)
            # Raised, it would end the whole connection.
            self.execution_context.pre_execution_errors = [as_graphql_error(error, context.language)]
