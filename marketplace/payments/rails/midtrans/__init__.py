"""Midtrans: dynamic QRIS, virtual accounts and e-wallets by its Core API, payouts by its Payouts (Iris) API.

Sources: docs.midtrans.com/reference: qris, bank-transfer-object, gopay, api-headers (an Idempotency-Key lives five
minutes and is answered whatever the body), get-transaction-status, refund-transaction (by `refund_key`), code-4xx,
best-practices-to-handle-notification, create-payout, https-header, notification-payload. The order id is our
payment's id, so that a second charge of it is refused (406) for good, and its status can be asked by it.
"""

from marketplace.payments.rails.midtrans.gateway import MidtransGateway

__all__ = ["MidtransGateway"]
