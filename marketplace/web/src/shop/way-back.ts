/** Whereto a payment provider's own page leads the buyer back: to the order's page, which follows its payment live. */
export const payBy = { returnUrl: "/pesanan/{orderId}" };
