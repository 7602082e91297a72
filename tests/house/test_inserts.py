"""Rows held back until their transaction commits, and written together."""

import pytest

from marketplace import outbox
from marketplace.clock import now
from marketplace.database import connection, is_postgres, new_id, transaction, write, write_now
from marketplace.inserts import NewRow, insert, insert_many
from marketplace.orders.models import Basket, BasketLine
from marketplace.outbox import OutboxEvent
from tests.counting import count_statements

pytestmark = pytest.mark.anyio


def a_basket() -> tuple[Basket, list[BasketLine]]:
    basket = Basket(account_id=new_id(), touched_at=now())
    lines = [BasketLine(basket_id=basket.id, variant_id=new_id(), quantity=n, options=[str(n)]) for n in (1, 2)]
    return basket, lines


async def test_rows_of_several_tables_are_written_as_the_transaction_commits(db: object) -> None:
    outbox.subscribe({"told": ("one", "two")})
    basket, lines = a_basket()
    assert not await Basket.all()  # opens the database
    with count_statements() as counted:
        async with transaction():
            await write(basket, *lines)
            await outbox.record("told", basket.id, {"n": 1})
            assert counted.number == 0
    assert counted.number == (1 if is_postgres() else 3)
    assert await Basket.get(id=basket.id)
    found = await BasketLine.filter(basket_id=basket.id).order_by("id")
    assert [(row.id, row.quantity, row.options, row.created_at) for row in found] == [
        (row.id, row.quantity, row.options, row.created_at) for row in lines
    ]
    assert [(row.handler, row.payload) for row in await OutboxEvent.all().order_by("id")] == [
        ("one", {"n": 1}),
        ("two", {"n": 1}),
    ]


async def test_what_a_savepoint_wrote_goes_with_it(db: object) -> None:
    kept, _ = a_basket()
    dropped, lines = a_basket()

    async def fail() -> None:
        async with transaction():
            await write(dropped, *lines)
            raise LookupError

    async with transaction():
        await write(kept)
        with pytest.raises(LookupError):
            await fail()
    assert [row.id for row in await Basket.all()] == [kept.id]


async def test_a_transaction_that_fails_writes_nothing(db: object) -> None:
    basket, lines = a_basket()

    async def fail() -> None:
        async with transaction():
            await write(basket)
            await write_now()
            await write(*lines)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert not await Basket.all()


async def test_what_is_read_again_can_be_written_before(db: object) -> None:
    basket, lines = a_basket()
    async with transaction():
        await write(basket, *lines)
        await write_now()
        assert await BasketLine.filter(basket_id=basket.id).count() == 2
        lines[0].quantity = 7
        await lines[0].save(update_fields=["quantity"])
    assert (await BasketLine.get(id=lines[0].id)).quantity == 7


async def test_outside_a_transaction_it_is_written_at_once(db: object) -> None:
    basket, _ = a_basket()
    await write(basket)
    assert await Basket.get(id=basket.id)


async def test_more_than_one_statement_can_hold_is_written_in_several(db: object) -> None:
    basket, _ = a_basket()
    lines = [BasketLine(basket_id=basket.id, variant_id=new_id(), quantity=1) for _ in range(5_000)]
    with count_statements() as counted:
        await insert([NewRow.of(row) for row in (basket, *lines)], connection())
    assert counted.number > 1
    assert await BasketLine.all().count() == 5_000


async def test_many_rows_are_one_statement_whatever_their_number_and_keep_their_types(db: object) -> None:
    basket, _ = a_basket()
    await write(basket)
    columns = ("id", "created_at", "basket_id", "variant_id", "quantity", "options", "note")
    texts = set()
    for number in (1, 3):
        lines = [
            BasketLine(
                basket_id=basket.id, variant_id=new_id(), quantity=n, options=["pedas", "'\"%?$1"], created_at=now()
            )
            for n in range(number)
        ]
        rows = [[getattr(line, column) for column in columns] for line in lines]
        with count_statements() as counted:
            await insert_many(BasketLine, columns, rows, connection())
        texts.add(counted.statements[0].split(" [")[0])
        assert counted.number == 1
        found = {row.id: row for row in await BasketLine.all()}
        for line in lines:
            row = found[line.id]
            assert [getattr(row, name) for name in columns] == [getattr(line, name) for name in columns]
    assert len({text[:200] for text in texts}) == 1
    # Of one that is there by its unique columns only what is named changes.
    row = [line.id, now(), basket.id, line.variant_id, 7, [], ""]
    await insert_many(BasketLine, columns, [row], connection(), by=("id",), change=("quantity",))
    line = await BasketLine.get(id=line.id)
    assert (line.quantity, line.options) == (7, ["pedas", "'\"%?$1"])
    await insert_many(BasketLine, columns, [], connection())
