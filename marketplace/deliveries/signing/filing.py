"""A job's receipts, with all that was signed, as a file."""

from uuid import UUID

from marketplace.deliveries.custody import said_of
from marketplace.deliveries.models import CustodyReceipt
from marketplace.deliveries.signing import files
from marketplace.deliveries.signing.attesting import moment
from marketplace.deliveries.signing.files import Filed, Signed
from marketplace.deliveries.signing.keys import keys_by_id
from marketplace.deliveries.signing.service import signatures_by_receipt


async def file_of(job_id: UUID, *, node_key: str) -> str | None:
    """The file's text; None where nothing has changed hands yet. Who may see it is the caller's to say."""
    receipts = await CustodyReceipt.filter(job_id=job_id).order_by("drop_id", "position").limit(files.MOST_RECEIPTS)
    if not receipts:
        return None
    signatures = await signatures_by_receipt([receipt.pk for receipt in receipts])
    keys = await keys_by_id([row.key_id for signed in signatures.values() for row in signed])
    return files.write(
        Filed(
            said_of(receipt),
            receipt.hash,
            node_key if receipt.node_signature else "",
            receipt.node_signature or "",
            tuple(
                Signed(row.side, keys[row.key_id].public_key, moment(row.signed_at), row.signature)
                for row in signatures[receipt.pk]
            ),
        )
        for receipt in receipts
    )
