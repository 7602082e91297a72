"""What stands in the database, told before an attempt and after it."""

from collections.abc import Collection

from marketplace.database import connection, is_postgres

#: How many rows each table holds, and all that they say.
Picture = dict[str, tuple[int, str]]

#: What a node writes whenever it comes to it: hints for who watches, and what is counted of searches.
BESIDE = frozenset({"live_message", "search_count", "search_click_count"})

#: The SELECT that pictures a table, by dialect and name.
_pictures: dict[str, dict[str, str]] = {}


async def picture(only: Collection[str] | None = None) -> Picture:
    """These tables, or all but those BESIDE. One statement."""
    pictures = await _of_dialect()
    names = [name for name in pictures if name not in BESIDE and (only is None or name in only)]
    if not names:
        return {}
    rows = await connection().execute_query_dict(" UNION ALL ".join(pictures[name] for name in names))
    return {row["name"]: (row["number"], row["said"]) for row in rows}


async def written() -> int:
    """How many rows SQLite's connection has written; 0 on PostgreSQL, which counts by table and transaction."""
    if is_postgres():
        return 0
    (row,) = await connection().execute_query_dict("SELECT total_changes() AS number")
    return int(row["number"])


async def touched(since: int) -> list[str] | None:
    """The tables of which this transaction wrote a row, also one that it took back; None where nobody knows which.

    Both databases count anyway, where a picture of everything costs some 20 ms an attempt. `since` is what `written`
    answered when the transaction began."""
    if not is_postgres():
        return [] if await written() == since else None
    rows = await connection().execute_query_dict(
        "SELECT relname AS name FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
    )
    return [row["name"] for row in rows]


async def _of_dialect() -> dict[str, str]:
    dialect = "postgres" if is_postgres() else "sqlite"
    if dialect not in _pictures:
        _pictures[dialect] = await (_of_postgres() if is_postgres() else _of_sqlite())
    return _pictures[dialect]


async def _of_postgres() -> dict[str, str]:
    tables = await connection().execute_query_dict(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
    )
    return {
        table["name"]: f"""SELECT '{table["name"]}' AS name, count(*) AS number,
        md5(string_agg(t::text, chr(10) ORDER BY t::text)) AS said FROM "{table["name"]}" t"""
        for table in tables
    }


async def _of_sqlite() -> dict[str, str]:
    columns = await connection().execute_query_dict(
        """SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"""
    )
    said: dict[str, list[str]] = {}
    for row in columns:
        said.setdefault(row["table"], []).append(f'quote("{row["column"]}")')
    return {
        name: f"""SELECT '{name}' AS name, count(*) AS number, group_concat({" || ',' || ".join(parts)}) AS said
        FROM "{name}" """
        for name, parts in said.items()
    }
