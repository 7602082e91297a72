"""Why a message of a subscription was sent."""

from enum import Enum

import strawberry


@strawberry.enum(description="Why a message was sent.")
class LiveKind(Enum):
    CURRENT = strawberry.enum_value("CURRENT", description="The state as one connects; nothing was missed.")
    CHANGED = strawberry.enum_value("CHANGED", description="Something happened: it is in the message.")
    RESYNC = strawberry.enum_value(
        "RESYNC", description="More was missed than is told again: forget what you know and take this state."
    )
