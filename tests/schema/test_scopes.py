"""What an API key may do is named in one table, of mutations that exist."""

import pytest
from graphql import GraphQLObjectType

from marketplace.identity.actor import Actor, Forbidden
from marketplace.identity.api_keys import Scope
from schema.root import schema
from schema.scopes import MUTATIONS, check_scope


def mutations() -> set[str]:
    root = schema._schema.mutation_type
    assert isinstance(root, GraphQLObjectType)
    return set(root.fields)


def test_every_mutation_named_exists() -> None:
    assert set().union(*MUTATIONS.values()) <= mutations()


def test_a_key_with_every_scope_still_can_not_do_what_takes_a_person() -> None:
    key = Actor(scopes=frozenset(scope.value for scope in Scope))
    persons = mutations() - set().union(*MUTATIONS.values())
    assert {"createApiKey", "setPassword", "grantOffice", "approveSettlement", "suspendAccount"} <= persons
    for mutation in persons:
        with pytest.raises(Forbidden):
            check_scope(key, mutation)
