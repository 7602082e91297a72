"""How a refusal reaches a client: a `Problem` beside the thing in a mutation's answer."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.schema.exceptions import CannotGetOperationTypeError
from uuid_utils.compat import uuid7

from marketplace.errors import Code, MarketplaceError
from schema import codes as codes  # describes Code to the schema
from schema.scopes import check_scope

#: What every `idempotencyKey` says of itself.
KEY = "Names this intent, 1 to 100 characters of your own: sent again, nothing is done twice."

log = structlog.get_logger()
P = ParamSpec("P")
T = TypeVar("T")


@strawberry.type(description="What is wrong with one field of the input.")
class FieldProblem:
    path: list[str] = strawberry.field(description='The way into the input: ["lines", "0", "quantity"].')
    code: Code = strawberry.field(description="What is wrong with it.")
    message: str = strawberry.field(description="A sentence for a person.")


@strawberry.type(description="Why the intent was not carried out. Nothing was changed.")
class Problem:
    code: Code = strawberry.field(description="Branch on this.")
    message: str = strawberry.field(description="A sentence for a person, in the language of Accept-Language.")
    fields: list[FieldProblem] = strawberry.field(description="The fields at fault, if any.")
    retryable: bool = strawberry.field(description="Whether the same intent may succeed when sent again.")
    reference: strawberry.ID | None = strawberry.field(description="Give this to the operator, where there is one.")

    @classmethod
    def of(cls, error: MarketplaceError, language: str) -> "Problem":
        return cls(
            code=error.code,
            message=error.message(language),
            fields=[
                FieldProblem(
                    path=list(fault.path),
                    code=fault.code,
                    message=fault.message if language == "en" else fault.pesan or fault.message,
                )
                for fault in error.faults
            ],
            retryable=error.retryable,
            reference=None,
        )


class Unexpected(MarketplaceError):
    """Something went wrong on our side. Nothing was changed; give the reference to the operator."""

    code = Code.INTERNAL
    pesan = "Terjadi kesalahan di sistem kami. Tidak ada yang diubah; sampaikan nomor rujukan ke pengelola."
    retryable = True


def log_unexpected(error: BaseException, **where: object) -> str:
    """Log an unexpected error and answer the reference under which it stands."""
    reference = str(uuid7())
    log.error("unexpected", reference=reference, exc_info=error, **where)
    return reference


def intent(resolver: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """A mutation's resolver: what the service refuses becomes a `Problem`; the unexpected is masked."""

    @wraps(resolver)
    async def answer(*args: P.args, **kwargs: P.kwargs) -> Any:
        info: Any = kwargs["info"]
        try:
            check_scope(info.context.actor, info.field_name)
            return await resolver(*args, **kwargs)
        except MarketplaceError as error:
            return Problem.of(error, info.context.language)
        except GraphQLError:
            raise
        except Exception as error:
            problem = Problem.of(Unexpected(), info.context.language)
            problem.reference = strawberry.ID(log_unexpected(error, field=info.field_name))
            return problem

    return answer


def as_graphql_error(error: GraphQLError, language: str) -> GraphQLError:
    """A query's error for the client: typed when it is ours, masked with a reference when it is not."""
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError | CannotGetOperationTypeError):
        return error  # of the document itself
    if isinstance(cause, MarketplaceError):
        problem, reference = cause, None
    else:
        problem, reference = Unexpected(), log_unexpected(cause, path=error.path)
    return GraphQLError(
        problem.message(language),
        nodes=error.nodes,
        path=error.path,
        extensions={
            "code": problem.code.value,
            "retryable": problem.retryable,
            **({"reference": reference} if reference else {}),
            "fields": [
                {"path": list(fault.path), "code": fault.code.value, "message": fault.message}
                for fault in problem.faults
            ],
        },
    )
