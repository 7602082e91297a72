"""Stripe: PaymentIntents taken at once or held first, its own pages for paying, refunds, and transfers to connected
accounts.

Sources: docs.stripe.com/payments/payment-intents, /payments/place-a-hold-on-a-payment-method, /api/checkout/sessions,
/api/idempotent_requests, /webhooks/signature, /connect/separate-charges-and-transfers. Stripe counts IDR in
hundredths of a rupiah. A saved 5xx is answered again to the same idempotency key, so that what was lost is looked for
in lists, by our id in the metadata, and never made again on a guess.
"""

from marketplace.payments.rails.stripe.gateway import StripeGateway

__all__ = ["StripeGateway"]
