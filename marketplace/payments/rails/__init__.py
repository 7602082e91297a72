"""The rails of a node: which gateway takes a co-op's payments, and which one a payment was begun with.

A rail acts with one co-op's own credentials. Where a co-op has none, the simulated gateway stands in, but never on
a production node that is no sandbox: nobody's order is called paid when no money moves.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from marketplace import clock
from marketplace.errors import Code, MarketplaceError
from marketplace.orders.pricing import PaymentMethodUnavailable
from marketplace.payments.gateway import GatewayUnreachable, PaymentChannel, PaymentGateway
from marketplace.payments.models import Payment, RailAccount, RailKind, RailState
from marketplace.payments.payouts.models import Payout
from marketplace.payments.rails.midtrans import MidtransGateway
from marketplace.payments.rails.simulated import SimulatedGateway
from marketplace.payments.rails.stripe import StripeGateway
from marketplace.settings import Settings
from marketplace.vault import Vault

__all__ = ["ChannelUnavailable", "Rails", "SeveralCollectors", "SimulatedGateway"]

#: So many co-ops' gateways are kept open in a process; the one used longest ago is closed first.
KEPT_OPEN = 200
#: So many that were taken out of use are left open for calls under way.
STILL_BUSY = 20

Maker = Callable[[Settings, RailAccount, dict[str, str], dict[str, str]], PaymentGateway]
MAKERS: dict[RailKind, Maker] = {RailKind.STRIPE: StripeGateway, RailKind.MIDTRANS: MidtransGateway}


class SeveralCollectors(MarketplaceError):
    """These shops' co-ops each collect online payments for themselves: pay each co-op's part apart, or in cash."""

    code = Code.PAYMENT_METHOD_UNAVAILABLE
    pesan = "Koperasi toko-toko ini menerima uang sendiri-sendiri: bayar bagian tiap koperasi terpisah, atau tunai."


class ChannelUnavailable(MarketplaceError):
    """This co-op takes no payment over {channel}: choose {channels}."""

    code = Code.PAYMENT_METHOD_UNAVAILABLE
    pesan = "Koperasi ini tidak menerima {channel}: pilih {channels}."


class Rails:
    """Gateways by co-op and by account, opened when first used."""

    def __init__(self, settings: Settings, simulated: SimulatedGateway | None = None) -> None:
        secret = settings.secret_key.get_secret_value()
        self.settings = settings
        self.vault = Vault(settings)
        self.simulated = simulated or SimulatedGateway(has_triggers=settings.sandbox, secret=secret)
        self._simulates = simulated is not None or settings.sandbox or not settings.is_production
        self._open: dict[UUID, tuple[tuple[int, bool], PaymentGateway]] = {}
        self._done: list[PaymentGateway] = []

    async def choose(self, cooperative_ids: Iterable[UUID], channel: PaymentChannel | None = None) -> PaymentGateway:
        """The gateway for a new payment to these co-ops.

        Raises SeveralCollectors, ChannelUnavailable, PaymentMethodUnavailable.
        """
        wanted = set(cooperative_ids)
        rows = await RailAccount.filter(cooperative_id__in=wanted, state=RailState.ACTIVE).order_by("id")
        if not rows:
            if not self._simulates:
                raise PaymentMethodUnavailable(seller="Koperasi")
            return self.simulated
        if len(wanted) > 1:
            raise SeveralCollectors
        gateways = [await self._gateway(row) for row in rows]
        for gateway in gateways:
            if channel is None or channel in gateway.channels:
                return gateway
        offered = sorted({offer.value for gateway in gateways for offer in gateway.channels})
        raise ChannelUnavailable(channel=channel.value if channel else "", channels=", ".join(offered))

    async def having_accounts(self, cooperative_ids: Iterable[UUID]) -> set[UUID]:
        """Those of these co-ops that collect online payments by an account of their own. One statement."""
        rows = await RailAccount.filter(cooperative_id__in=list(cooperative_ids), state=RailState.ACTIVE)
        return {row.cooperative_id for row in rows}

    async def offered(self, cooperative_id: UUID) -> list[PaymentGateway]:
        """All gateways that take this co-op's new payments."""
        rows = await RailAccount.filter(cooperative_id=cooperative_id, state=RailState.ACTIVE).order_by("id")
        if not rows:
            return [self.simulated] if self._simulates else []
        return [await self._gateway(row) for row in rows]

    async def of(self, begun: Payment | Payout) -> PaymentGateway:
        """The gateway that this was begun with, whatever the co-op uses by now. Raises GatewayUnreachable."""
        return self.simulated if begun.account_id is None else await self.by_account(begun.account_id)

    async def by_account(self, account_id: UUID) -> PaymentGateway:
        """The gateway of these credentials. Raises GatewayUnreachable when there are none."""
        row = await RailAccount.get_or_none(id=account_id)
        if row is None or not row.sealed:
            raise GatewayUnreachable
        return await self._gateway(row)

    async def close(self) -> None:
        """Let go of all connections."""
        for gateway in (*self._done, *(gateway for _, gateway in self._open.values())):
            await gateway.close()
        self._open.clear()
        self._done.clear()

    async def _gateway(self, row: RailAccount) -> PaymentGateway:
        has_former = row.former_until is not None and row.former_until > clock.now()
        made_for = (row.version, has_former)
        held = self._open.pop(row.id, None)
        if held is None or held[0] != made_for:
            if held is not None:
                self._done.append(held[1])
            held = made_for, self._make(row, has_former=has_former)
        self._open[row.id] = held
        if len(self._open) > KEPT_OPEN:
            self._done.append(self._open.pop(next(iter(self._open)))[1])
        if len(self._done) > STILL_BUSY:  # what another task may still be using is closed later
            await self._done.pop(0).close()
        return held[1]

    def _make(self, row: RailAccount, *, has_former: bool) -> PaymentGateway:
        secrets = self.vault.open(row.sealed, row_id=row.id, owner_id=row.cooperative_id)
        former: dict[str, str] = {}
        if has_former and row.former_sealed:
            former = self.vault.open(row.former_sealed, row_id=row.id, owner_id=row.cooperative_id)
        return MAKERS[row.rail](self.settings, row, secrets, former)
