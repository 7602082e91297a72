"""Makes the document and the input of an operation from the schema, so that a row need say little."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    is_leaf_type,
)

from marketplace import clock
from schema.root import schema
from tests.deliveries.offering import RESULT

SCHEMA = schema._schema
ROOTS = {
    "query": SCHEMA.query_type,
    "mutation": SCHEMA.mutation_type,
    "subscription": SCHEMA.subscription_type,
}
#: What a required field holds unless the row says otherwise: by its name …
BY_NAME: dict[str, Any] = {
    "cooperativeId": "@own",
    "asCooperativeId": "@own",
    "sellerId": "@shop",
    "listingId": "@listing",
    "variantId": "@variant",
    "jobId": "@job",
    "dropId": "@drop",
    "subOrderId": "@suborder",
    "orderId": "@order",
    "lineId": "@line",
    "driverId": "@driver",
    "windowId": "@window",
    "offerId": "@offer",
    "replayId": "@replay",
    "paymentId": "@payment",
    "refundId": "@refund",
    "groupId": "@group",
    "account": "@chartaccount",
    "accountId": "@chartaccount",
    "voucherId": "@voucher",
    "savingsId": "@savings",
    "unitId": "@unit",
    "itemId": "@item",
    "roundId": "@round",
    "supplierId": "@supplier",
    "withdrawalId": "@withdrawal",
    "productId": "@loanproduct",
    "enrolmentId": "@enrolment",
    "reportId": "@platform-income",
    "statementId": "@income-statement",
    "dependantId": "@protection-dependant",
    "programmeId": "@protection-programme",
    "claimId": "@protection-claim",
    "remittanceId": "@protection-batch",
    "fulfilment": "DELIVERY",
    "address": "Jl. Mawar 5, depan masjid",
    "radius": 20_000,
    "regionCode": "35.78",
    "phone": "+6281399990001",
    "result": RESULT,
}
#: … else by its type.
BY_TYPE: dict[str, Any] = {
    "String": "Kata",
    "Int": 1,
    "Boolean": True,
    "Float": 1.0,
    "Rupiah": 1_000,
    "Grams": 500,
    "Metres": 1_000,
    "BasisPoints": 500,
    "PhoneNumber": "+6281399990001",
    "GeoPointInput": {"lat": -7.2700, "lon": 112.7601},
}
#: The thing that a type's name stands for in a row.
OF_TYPE = {
    "Meeting": "@meeting-held",
    "Motion": "@motion-draft",
    "Account": "@buyer",
    "Alliance": "@alliance",
    "ApiKey": "@apikey",
    "Book": "@book",
    "Cooperative": "@own",
    "DeliveryJob": "@job",
    "DispatchAppeal": "@dispatch-appeal",
    "Driver": "@driver",
    "Due": "@due",
    "DuePayment": "@duepayment",
    "DuesCharge": "@duescharge",
    "Budget": "@budget",
    "Incident": "@incident",
    "IncomeStatement": "@income-statement",
    "Listing": "@listing",
    "Loan": "@loan",
    "Membership": "@membership",
    "Notice": "@notice",
    "Order": "@order",
    "ProtectionBatch": "@protection-batch",
    "ProtectionBill": "@protection-bill",
    "ProtectionClaim": "@protection-claim",
    "ProtectionEnrolment": "@enrolment",
    "SavingsAccount": "@savings",
    "SavingsWithdrawal": "@withdrawal",
    "Seller": "@shop",
    "SettlementWindow": "@window",
    "SosAlert": "@sos",
    "Rating": "@id",
    "SubOrder": "@suborder",
    "SurplusAllocation": "@surplus",
    "SurplusShare": "@surplusshare",
    "BusinessUnit": "@unit",
    "UnitItem": "@item",
    "JobCard": "@job-card",
    "PurchaseRound": "@round",
    "PurchaseCommitment": "@commitment",
    "UnitPurchase": "@unitpurchase",
    "UnitSale": "@unitsale",
    "Supplier": "@supplier",
    "StockCount": "@stockcount",
    "Variant": "@variant",
    "Voucher": "@voucher",
}
PAIR = re.compile(r"(-?[\w.]+)=(\"[^\"]*\"|\S+)")


@dataclass(frozen=True)
class Asked:
    """A document with its variables, and the way into its answer."""

    kind: str
    document: str
    variables: dict[str, Any]
    way: tuple[str, ...]


def parse(given: str) -> dict[str, Any]:
    """`minutes=5 line.variantId=@dish` as a mapping; what is no JSON is text."""
    return {name: _value(text) for name, text in PAIR.findall(given)}


def _value(text: str) -> Any:
    try:
        return json.loads(re.sub(r"(?<![\"\w])@([\w-]+)", r'"@\1"', text))
    except ValueError:
        return text


def asked(operation: str, given: str, things: Mapping[str, str], wanted: str = "") -> Asked:
    """How the operation is asked: a root's field, `Type` by `node`, or `Type.field` of it."""
    said = parse(given)
    for kind, root in ROOTS.items():
        if root is not None and operation in root.fields:
            return _field(kind, operation, root.fields[operation], said, things, wanted)
    type_name, *path = operation.split(".")
    if type_name == "Viewer":
        return Asked("query", f"{{ viewer {{ {_nested('Viewer', path, things, said)} }} }}", {}, ("viewer", *path))
    id = said.get("id", OF_TYPE[type_name])
    selection = _nested(type_name, path, things, said) if path else "__typename"
    document = f"query ($id: ID!) {{ node(id: $id) {{ ... on {type_name} {{ {selection} }} }} }}"
    return Asked("query", document, {"id": _named(id, things)}, ("node", *path))


def _field(
    kind: str, name: str, field: GraphQLField, said: Mapping[str, Any], things: Mapping[str, str], wanted: str
) -> Asked:
    arguments: dict[str, Any] = {}
    for argument, declared in field.args.items():
        prefix = "" if argument == "input" else argument
        value = _made(declared.type, argument, prefix, said, needed=_is_needed(declared))
        if value is not Undefined:
            arguments[argument] = _named(value, things)
    head = ", ".join(f"${argument}: {field.args[argument].type}" for argument in arguments)
    body = ", ".join(f"{argument}: ${argument}" for argument in arguments)
    document = f"{kind}{f' ({head})' if head else ''} {{ {name}{f'({body})' if body else ''}{_of(field, wanted)} }}"
    return Asked(kind, document, arguments, (name,))


def _is_needed(declared: Any) -> bool:
    return isinstance(declared.type, GraphQLNonNull) and declared.default_value is Undefined


def _made(kind: Any, name: str, path: str, said: Mapping[str, Any], *, needed: bool) -> Any:
    """The value of one input: as said, else, where it is needed, what its name or its type makes."""
    if path in said:
        return said[path]
    is_said = any(other.startswith(f"{path}.") for other in said) if path else bool(said)
    if not needed and not is_said and name != "input":
        return Undefined
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if isinstance(kind, GraphQLList):
        return [_made(kind.of_type, name, f"{path}.0", said, needed=True)]
    if name == "idempotencyKey":
        return f"key-{uuid4()}"
    if name in BY_NAME and not isinstance(kind, GraphQLInputObjectType):
        return BY_NAME[name]
    if isinstance(kind, GraphQLInputObjectType) and kind.name not in BY_TYPE:
        fields = {
            inner: _made(declared.type, inner, f"{path}.{inner}".lstrip("."), said, needed=_is_needed(declared))
            for inner, declared in kind.fields.items()
        }
        return {inner: value for inner, value in fields.items() if value is not Undefined}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if kind.name in {"Date", "DateTime"}:
        tomorrow = clock.now() + timedelta(days=1)
        return tomorrow.date().isoformat() if kind.name == "Date" else tomorrow.isoformat()
    return BY_TYPE.get(kind.name, "Kata")


def _named(value: Any, things: Mapping[str, str]) -> Any:
    """The value with each `@thing` replaced by its id."""
    if isinstance(value, dict):
        return {name: _named(inner, things) for name, inner in value.items()}
    if isinstance(value, list):
        return [_named(inner, things) for inner in value]
    return things[value[1:]] if isinstance(value, str) and value.startswith("@") else value


def _of(field: GraphQLField, wanted: str) -> str:
    """What is selected of a field's answer."""
    kind = get_named_type(field.type)
    if is_leaf_type(kind):
        return ""
    if isinstance(kind, GraphQLUnionType) and kind.name.startswith("_"):
        return " { __typename }"
    if isinstance(kind, GraphQLUnionType):
        done = next((inner.name for inner in kind.types if inner.name != "Problem"), "")
        more = f" ... on {done} {{ {wanted} }}" if wanted else ""
        return f" {{ __typename ... on Problem {{ code message fields {{ path message }} }}{more} }}"
    if isinstance(kind, GraphQLObjectType) and "nodes" in kind.fields:
        return " { nodes { __typename } }"
    return " { __typename }"


def _nested(type_name: str, path: list[str], things: Mapping[str, str], said: Mapping[str, Any]) -> str:
    kind = SCHEMA.type_map[type_name]
    name, *deeper = path
    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    field = kind.fields[name]
    needed = {
        argument: _named(_made(declared.type, argument, argument, said, needed=True), things)
        for argument, declared in field.args.items()
        if _is_needed(declared)
    }
    arguments = ", ".join(f"{argument}: {json.dumps(value)}" for argument, value in needed.items())
    inner = f" {{ {_nested(get_named_type(field.type).name, deeper, things, said)} }}" if deeper else _of(field, "")
    return f"{name}{f'({arguments})' if arguments else ''}{inner}"
