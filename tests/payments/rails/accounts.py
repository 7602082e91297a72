"""Co-ops with accounts at the fakes, agreed to by two officers as in life."""

from cooperatives.membership.models import Cooperative
from marketplace.database import new_id
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.payments.models import RailAccount, RailKind
from marketplace.payments.rails import Rails, accounts
from marketplace.payments.rails.accounts import RailWish
from tests.payments.rails.fake_midtrans import APPROVER_KEY, CREATOR_KEY, MERCHANT_KEY, SERVER_KEY
from tests.payments.rails.fake_stripe import SECRET_KEY, WEBHOOK_SECRET

STRIPE = {"secret_key": SECRET_KEY, "webhook_secret": WEBHOOK_SECRET}
MIDTRANS = {
    "server_key": SERVER_KEY,
    "payout_creator_key": CREATOR_KEY,
    "payout_approver_key": APPROVER_KEY,
    "payout_merchant_key": MERCHANT_KEY,
}


def officer(coop: Cooperative, role: Role) -> Actor:
    return Actor(account_id=new_id(), grants=frozenset({Grant(role, cooperative_id=coop.pk)}))


async def with_account(coop: Cooperative, rails: Rails, rail: RailKind, **options: object) -> RailAccount:
    """The co-op's account at this fake, active."""
    secrets = STRIPE if rail is RailKind.STRIPE else MIDTRANS
    wish = RailWish(rail, secrets, options)
    row = await accounts.propose_rail(
        officer(coop, Role.TREASURER), cooperative_id=coop.pk, wish=wish, vault=rails.vault, key=str(new_id())
    )
    return await accounts.agree_to_rail(officer(coop, Role.CHAIR), account_id=row.id, key=str(new_id()))
