"""How a refusal reaches a client: a `Problem` beside the thing in a mutation's answer."""

import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.schema.exceptions import CannotGetOperationTypeError
from uuid_utils.compat import uuid7

from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError
from schema import codes as codes  # describes Code to the schema
from schema.scalars import BadValue
from schema.scopes import check_scope

#: What every `idempotencyKey` says of itself.
KEY = "Names this intent, 1 to 100 characters of your own: sent again, nothing is done twice."

#: How graphql-core tells of a variable's value that a type doesn't take: `Variable '$input' has invalid value at
#: .customer.phone: …`; and what its own scalars say of it then.
AT = re.compile(r"^Variable '\$(?P<name>\w+)' has invalid value(?: at (?P<way>(?:\.\w+|\[\d+\])+))?: ")
CANNOT = " cannot represent "

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
                FieldProblem(path=list(fault.path), code=fault.code, message=fault.told(language))
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
    if (wrong := _bad_value(error)) is not None:
        return _dressed(error, wrong, language, detail=error.message)
    if cause is None or isinstance(cause, GraphQLError | CannotGetOperationTypeError):
        return error  # of the document itself
    if isinstance(cause, MarketplaceError):
        return _dressed(error, cause, language)
    return _dressed(error, Unexpected(), language, reference=log_unexpected(cause, path=error.path))


def _bad_value(error: GraphQLError) -> Invalid | None:
    """What was filled in that its scalar doesn't take, as any field is told that is filled in wrongly."""
    cause, at = error.original_error, AT.match(error.message)
    if at is None or not isinstance(cause, GraphQLError):
        return None
    if isinstance(cause, BadValue):
        told, pesan = cause.told, cause.pesan
    elif CANNOT in cause.message:
        told, pesan = "This can't be read.", "Isian ini tidak bisa dibaca."
    else:
        return None  # a field too many or too few: of the document itself
    path = re.findall(r"\w+", at["way"] or at["name"])
    return Invalid(faults=[FieldFault(tuple(path), Code.INVALID, told, pesan)])


def _dressed(error: GraphQLError, problem: MarketplaceError, language: str, **more: str) -> GraphQLError:
    fields = [
        {"path": list(fault.path), "code": fault.code.value, "message": fault.told(language)}
        for fault in problem.faults
    ]
    return GraphQLError(
        problem.message(language),
        nodes=error.nodes,
        path=error.path,
        extensions={"code": problem.code.value, "retryable": problem.retryable, "fields": fields, **more},
    )
