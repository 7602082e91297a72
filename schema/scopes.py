"""Which scope an API key needs for which mutation. One that is not named here takes a person."""

from marketplace.identity.actor import Actor, Forbidden
from marketplace.identity.api_keys import Scope

MUTATIONS: dict[Scope, frozenset[str]] = {
    Scope.READ: frozenset(),
    Scope.SELL: frozenset(
        [
            "openShop",
            "updateShop",
            "pauseShop",
            "createListing",
            "updateListing",
            "publishListing",
            "unpublishListing",
            "setStock",
            "markSoldOutToday",
            "removeImage",
            "addSlots",
            "removeSlot",
            "acceptSubOrder",
            "declineSubOrder",
            "proposeAlternative",
            "startPreparing",
            "addMinutes",
            "markReady",
            "handOver",
            "confirmDirectPayment",
            "startService",
            "completeService",
            "confirmReturn",
            "quoteDelivery",
            "bookDelivery",
            "setUpRecurringDelivery",
            "stopRecurringDelivery",
            "cancelDelivery",
            "cancelDrop",
            "blockDriver",
            "liftBlock",
            "sendJobMessage",
            "callParty",
        ]
    ),
    Scope.BUY: frozenset(
        [
            "addToBasket",
            "removeFromBasket",
            "updateBasketLine",
            "saveAddress",
            "removeAddress",
            "quoteOrder",
            "placeOrder",
            "payOrder",
            "cancelPayment",
            "cancelSubOrder",
            "disputeSubOrder",
            "acceptAlternative",
            "refuseAlternative",
            "attachBasket",
            "answerUnserved",
            "reportListing",
            "blockDriver",
            "liftBlock",
            "sendJobMessage",
            "callParty",
            "tipDriver",
        ]
    ),
    Scope.CARRY: frozenset(
        [
            "startShift",
            "reassignJob",
            "switchRain",
            "addSupplement",
            "removeSupplement",
            "pauseShift",
            "resumeShift",
            "endShift",
            "reportPosition",
            "claimJob",
            "acceptOffer",
            "declineOffer",
            "giveUpJob",
            "arriveAtPickup",
            "confirmPickup",
            "arriveAtDropOff",
            "confirmDropOff",
            "failDropOff",
            "offerHandOver",
            "withdrawHandOver",
            "takeOverJob",
            "signCustody",
            "handInAtHub",
            "blockCustomer",
            "addVehicle",
            "bookShiftSlot",
            "giveBackShiftSlot",
            "offerShiftSlot",
            "takeShiftSlot",
            "goHome",
            "stayOut",
            "rideVehicle",
            "retireVehicle",
            "submitPaper",
            "liftBlock",
            "confirmReturn",
            "sendCourierEvents",
            "addProof",
            "confirmDropOffByProof",
            "retryDropOff",
            "reportIncident",
            "acceptRemedy",
            "raiseSos",
            "acknowledgeSos",
            "closeSos",
            "sendJobMessage",
            "callParty",
        ]
    ),
    Scope.SETTLE: frozenset(
        ["closeWindow", "recordSettlementPayment", "confirmSettlementPayment"]  # approval takes a person
    ),
    Scope.MEMBERSHIP: frozenset(["approveMembership", "refuseMembership"]),
}


def check_scope(actor: Actor, mutation: str) -> None:
    """Go on when a person acts, or a key whose scopes allow this mutation. Raises Forbidden."""
    if actor.scopes is None:
        return
    if not any(mutation in MUTATIONS[Scope(scope)] for scope in actor.scopes):
        needed = [scope.value for scope, names in MUTATIONS.items() if mutation in names]
        raise Forbidden(needs="an API key with scope " + " / ".join(needed) if needed else "a person, not an API key")
