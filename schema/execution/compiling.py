"""From a document's fields to closures. Each does what graphql-core's executor does for that field and type."""

from collections.abc import Callable
from types import CoroutineType
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLEnumType,
    GraphQLField,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.executor import invalid_return_type_error
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path, Undefined
from graphql.type.introspection import TypeNameMetaFieldDef
from graphql.type.scalars import serialize_boolean, serialize_id, serialize_string
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from schema.execution.arguments import Convert, converting
from schema.execution.selection import Complete, Read, Selection, Site, gathered

DEFINITION = "strawberry-definition"
#: Serializers that give back what is of the type as it is.
KEEPS = {serialize_string: str, serialize_id: str, serialize_boolean: bool, int: int, str: str}
#: Types of which no value can be awaited. Grows by the schema's own classes as they are met.
_settled: set[type] = {type(None), bool, int, float, str, bytes, list, tuple, dict}


def select(run: Any, parent: GraphQLObjectType, grouped: dict[str, list[Any]]) -> Selection:
    """The selection of these fields, grouped by graphql-core under the names that they are answered by."""
    readers = ((name, _reader(run, parent, name, details)) for name, details in grouped.items())
    return Selection(tuple((name, read) for name, read in readers if read is not None))


def _reader(run: Any, parent: GraphQLObjectType, name: str, details: list[Any]) -> Read | None:
    definition = run.schema.get_field(parent, details[0].node.name.value)
    if definition is None:
        return None
    if definition is TypeNameMetaFieldDef:
        typename = parent.name
        return lambda run, source, path: typename
    site = Site(parent, name, definition, details)
    complete, attribute = _completer(site, definition.type), _attribute(run, definition)
    if attribute is None:
        return _resolving(site, _call(run, site), complete)
    nullable = _nullable(definition.type)
    if is_leaf_type(nullable):
        return _leaf(site, attribute, complete, _kept_as_is(nullable))
    return _resolving(site, lambda run, source, path: getattr(source, attribute), complete)


def _resolving(site: Site, call: Callable[[Any, Any, Path], Any], complete: Complete) -> Read:
    name, typename = site.name, site.parent.name

    def read(run: Any, source: Any, path: Path | None) -> Any:
        here = Path(path, name, typename)
        try:
            value = call(run, source, here)
            if _waits(run, value):
                return site.awaited(run, value, here, complete)
            done = complete(run, value, here)
        except Exception as error:
            site.failed(run, error, here)
            return None
        return site.completed(run, done, here) if type(done) is CoroutineType else done

    return read


def _leaf(site: Site, attribute: str, complete: Complete, kept: type | None) -> Read:
    name, typename = site.name, site.parent.name

    def read(run: Any, source: Any, path: Path | None) -> Any:
        try:
            value = getattr(source, attribute)
            if type(value) is kept:
                return value
            if not _waits(run, value):
                return complete(run, value, None)  # type: ignore[arg-type]  # a leaf looks at no path
        except Exception as error:
            site.failed(run, error, Path(path, name, typename))
            return None
        return site.awaited(run, value, Path(path, name, typename), complete)

    return read


def _waits(run: Any, value: Any) -> bool:
    kind = type(value)
    if kind in _settled:
        return False
    if "__strawberry_definition__" in kind.__dict__ and not hasattr(kind, "__await__"):
        _settled.add(kind)
        return False
    return bool(run.is_awaitable(value))


def _attribute(run: Any, definition: GraphQLField) -> str | None:
    """The attribute that a field without a resolver of its own stands for."""
    field = definition.extensions.get(DEFINITION)
    if type(field) is StrawberryField and field.is_basic_field and field.default_resolver is getattr:
        return field.python_name
    return None


def _call(run: Any, site: Site) -> Callable[[Any, Any, Path], Any]:
    """The resolver, called as Strawberry calls it."""
    definition, details = site.definition, site.details[0]

    def arguments(run: Any) -> dict[str, Any]:
        return get_argument_values(
            definition, details.node, run.variable_values, details.fragment_variable_values, run.hide_suggestions
        )

    field = definition.extensions.get(DEFINITION)
    resolver = field.base_resolver if type(field) is StrawberryField and not field.extensions else None
    if resolver and not (resolver.parent_parameter or resolver.root_parameter):
        convert = converting(run, field)
        if convert is not None:
            return _straight(run, site, field, arguments, convert)
    resolve = definition.resolve or run.field_resolver
    return lambda run, source, path: resolve(source, site.info(run, path), **arguments(run))


def _straight(
    run: Any, site: Site, field: Any, arguments: Callable[[Any], dict[str, Any]], convert: Convert
) -> Callable[[Any, Any, Path], Any]:
    """Without what Strawberry works out anew for each call."""
    resolver, told = field.base_resolver, run.schema._strawberry_schema.config.info_class
    function, takes_source = resolver.wrapped_func, resolver.self_parameter is not None
    told_as = resolver.info_parameter.name if resolver.info_parameter else None
    has_arguments = bool(site.definition.args)
    if takes_source and not has_arguments and told_as is None:
        return lambda run, source, path: function(source)

    def call(run: Any, source: Any, path: Path) -> Any:
        given = convert(arguments(run)) if has_arguments else {}
        if told_as is not None:
            given[told_as] = told(_raw_info=site.info(run, path), _field=field)
        return function(source, **given) if takes_source else function(**given)

    return call


def _nullable(type_: GraphQLOutputType) -> Any:
    return type_.of_type if isinstance(type_, GraphQLNonNull) else type_


def _completer(site: Site, type_: GraphQLOutputType) -> Complete:
    nullable = _nullable(type_)
    complete = _of_kind(site, nullable)
    missing = None
    if nullable is not type_:
        missing = f"Cannot return null for non-nullable field {site.parent}.{site.nodes[0].name.value}."

    def checked(run: Any, value: Any, path: Path) -> Any:
        if value is None or value is Undefined:
            done = None
        elif isinstance(value, Exception):
            raise value
        else:
            done = complete(run, value, path)
        if done is None and missing is not None:
            raise TypeError(missing)
        return done

    return checked


def _of_kind(site: Site, type_: Any) -> Complete:
    if isinstance(type_, GraphQLList):
        return _list(site, type_)
    if is_leaf_type(type_):
        return _scalar(type_)
    return _abstract(site, type_) if is_abstract_type(type_) else _object(site, type_)


def _kept_as_is(type_: GraphQLLeafType) -> type | None:
    """The Python type whose values a scalar serializes to themselves."""
    return KEEPS.get(type_.coerce_output_value) if isinstance(type_, GraphQLScalarType) else None


def _scalar(type_: GraphQLLeafType) -> Complete:
    if isinstance(type_, GraphQLEnumType) and hasattr(type_, "wrapped_cls"):
        kind = type_.wrapped_cls
        names = {member._name_: type_.coerce_output_value(member) for member in kind}
        _settled.add(kind)

        def chosen(run: Any, value: Any, path: Path) -> Any:
            found = names.get(value._name_) if type(value) is kind else None
            return found or run.complete_leaf_value(type_, value)

        return chosen
    kept = _kept_as_is(type_)
    return lambda run, value, path: value if type(value) is kept else run.complete_leaf_value(type_, value)


def _object(site: Site, type_: GraphQLObjectType) -> Complete:
    selection: Selection | None = None
    is_type_of: Any = type_.is_type_of
    definition = type_.extensions.get(DEFINITION)
    # Strawberry's own check looks at the value alone; one of the type's own may look at more.
    is_told = not (isinstance(definition, StrawberryObjectDefinition) and definition.is_type_of is None)

    def complete(run: Any, value: Any, path: Path) -> Any:
        fits = is_type_of is None or is_type_of(value, site.info(run, path) if is_told else None)
        return _later(run, fits, value, path) if run.is_awaitable(fits) else selected(run, fits, value, path)

    def selected(run: Any, fits: bool, value: Any, path: Path) -> Any:
        nonlocal selection
        if not fits:
            raise invalid_return_type_error(type_, value, site.details)
        if selection is None:
            selection = select(run, type_, run.collect_subfields(type_, site.details).grouped_field_set)
        return selection(run, value, path)

    async def _later(run: Any, fits: Any, value: Any, path: Path) -> Any:
        done = selected(run, await fits, value, path)
        return await done if type(done) is CoroutineType else done

    return complete


def _abstract(site: Site, type_: GraphQLAbstractType) -> Complete:
    of_types: dict[str, Complete] = {}

    def complete(run: Any, value: Any, path: Path) -> Any:
        info = site.info(run, path)
        name = (type_.resolve_type or run.type_resolver)(value, info, type_)
        return (
            _later(run, name, info, value, path) if run.is_awaitable(name) else chosen(run, name, info, value, path)
        )

    def chosen(run: Any, name: Any, info: Any, value: Any, path: Path) -> Any:
        of_type = of_types.get(name) if isinstance(name, str) else None
        if of_type is None:
            found = run.ensure_valid_runtime_type(name, type_, site.details, info, value)
            of_type = of_types[name] = _object(site, found)
        return of_type(run, value, path)

    async def _later(run: Any, name: Any, info: Any, value: Any, path: Path) -> Any:
        done = chosen(run, await name, info, value, path)
        return await done if type(done) is CoroutineType else done

    return complete


def _list(site: Site, type_: GraphQLList[Any]) -> Complete:
    item_type = type_.of_type
    complete_item = _completer(site, item_type)

    def complete(run: Any, value: Any, path: Path) -> Any:
        if type(value) is not list and type(value) is not tuple:
            return run.complete_list_value(type_, site.details, site.info(run, path), path, value, None)
        results: list[Any] = []
        waiting: list[int] = []
        index = 0
        try:
            for index, item in enumerate(value):
                here = Path(path, index, None)
                done = _item(run, item, here)
                if type(done) is CoroutineType:
                    waiting.append(index)
                results.append(done)
        except Exception:
            begun = [results[at] for at in waiting] + [item for item in value[index + 1 :] if run.is_awaitable(item)]
            if begun:
                run.settle_in_background(begun)
            raise
        return gathered(results, waiting) if waiting else results

    def _item(run: Any, item: Any, here: Path) -> Any:
        if _waits(run, item):
            return run.complete_awaitable_list_item_value(
                item, item_type, site.details, site.info(run, here), here, None
            )
        try:
            done = complete_item(run, item, here)
        except Exception as error:
            run.handle_field_error(error, item_type, site.details, here)
            return None
        return _awaited(run, done, here) if type(done) is CoroutineType else done

    async def _awaited(run: Any, done: Any, here: Path) -> Any:
        try:
            return await done
        except Exception as error:
            run.handle_field_error(error, item_type, site.details, here)
            return None

    return complete
