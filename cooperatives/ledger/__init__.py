"""The co-operatives' books: double entry, immutable, sealed.

`install()` puts the guards into the database and `missing_guards()` says which are gone: start-up refuses
when one is.
"""

from importlib.resources import files

from marketplace.database import connection, is_postgres

GUARDS = {
    "postgres": frozenset(
        {
            "ledger_account_keep",
            "ledger_account_no_truncate",
            "ledger_transfer_accumulate",
            "ledger_transfer_keep",
            "ledger_transfer_no_truncate",
            "ledger_chain_keep",
            "ledger_chain_no_truncate",
            "ledger_below_floor",
            "ledger_careful",
            "ledger_moment",
            "ledger_post",
            "ledger_say_wrong",
            "ledger_seal",
        }
    ),
    "sqlite": frozenset(
        {
            "ledger_account_keep",
            "ledger_account_no_delete",
            "ledger_transfer_accumulate",
            "ledger_transfer_check",
            "ledger_transfer_no_delete",
            "ledger_transfer_no_update",
            "ledger_chain_no_delete",
            "ledger_chain_no_update",
            "recursive_triggers",
        }
    ),
}


def guards_sql(dialect: str) -> str:
    """The triggers and functions for `postgres` or `sqlite`; may be run again."""
    return files(__name__).joinpath(f"guards_{dialect}.sql").read_text(encoding="utf-8")


async def install() -> None:
    """Put the guards in place. Stands outside a transaction; may be run again."""
    await connection().execute_script(guards_sql("postgres" if is_postgres() else "sqlite"))


class GuardsMissing(Exception):
    """The node won't work on a ledger that the database does not guard."""


async def require_guards() -> None:
    """Go on only when no guard is missing: at start. Raises GuardsMissing, saying which and how to mend it."""
    if missing := await missing_guards():
        raise GuardsMissing(f"the ledger's guards are gone: {', '.join(missing)}. Run `lumbung migrate`.")


async def missing_guards() -> list[str]:
    """The guards that the database lacks, by name; a trigger that was switched off counts as missing."""
    if is_postgres():
        rows = await connection().execute_query_dict(
            "SELECT tgname AS name FROM pg_trigger WHERE tgname LIKE 'ledger\\_%' AND tgenabled <> 'D' "
            "UNION SELECT proname FROM pg_proc WHERE proname LIKE 'ledger\\_%'"
        )
        present, wanted = {row["name"] for row in rows}, GUARDS["postgres"]
    else:
        rows = await connection().execute_query_dict("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        (pragma,) = await connection().execute_query_dict("PRAGMA recursive_triggers")
        present, wanted = {row["name"] for row in rows}, GUARDS["sqlite"]
        present |= {"recursive_triggers"} if pragma["recursive_triggers"] else set()
    return sorted(wanted - present)
