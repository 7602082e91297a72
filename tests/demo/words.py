"""What the demo's people say to the node: the documents of the public API, as any front end would write them."""

_PROBLEM = "... on Problem { code message fields { path message } }"

FIND = """query($text: String!, $near: GeoPointInput) {
  listings(search: {text: $text, near: $near}, first: 5) { total degraded
    nodes { id title price { least } seller { slug name } } } }"""

SELLER = """query($slug: String!) { seller(slug: $slug) {
  id name cooperative { id code } listings(first: 20) { nodes { id title variants { id price } } } } }"""

PLACE = f"""mutation($input: PlaceOrderInput!) {{ placeOrder(input: $input) {{ __typename
  ... on Order {{ id number total payments {{ state }}
    subOrders {{ id state total delivery goods dropoffPin }} }} {_PROBLEM} }} }}"""

QUOTE = f"""mutation($input: QuoteOrderInput!) {{ quoteOrder(input: $input) {{ __typename
  ... on Quote {{ id total expiresAt parts {{ goods delivery distance deliveryLines {{ amount }} }} }}
  {_PROBLEM} }} }}"""

PAY = f"""mutation($input: PayOrderInput!) {{ payOrder(input: $input) {{ __typename
  ... on Payment {{ state isSimulated amount }} {_PROBLEM} }} }}"""

SUB_ORDER = """query($id: ID!) { node(id: $id) { ... on SubOrder {
  id state total refunded split { party { kind } amount rule { name } } job { id state } } } }"""

PICKUP_PIN = "query($id: ID!) { node(id: $id) { ... on SubOrder { state pickupPin } } }"

DROPOFF_PIN = "query($id: ID!) { node(id: $id) { ... on SubOrder { state dropoffPin } } }"

JOB_STATE = "query($id: ID!) { node(id: $id) { ... on DeliveryJob { state } } }"

RETURN_PIN = "query($id: ID!) { node(id: $id) { ... on DeliveryJob { state pickup { returnPin } } } }"


def step(name: str, input_type: str, shown: str = "... on SubOrder { id state }") -> str:
    """A mutation that takes one input and shows a little of what came of it."""
    return f"mutation($input: {input_type}!) {{ {name}(input: $input) {{ __typename {shown} {_PROBLEM} }} }}"


ACCEPT = step("acceptSubOrder", "AcceptSubOrderInput")
DECLINE = step("declineSubOrder", "DeclineSubOrderInput")
READY = step("markReady", "MarkReadyInput")
CANCEL = step("cancelSubOrder", "CancelSubOrderInput")

_JOB = "... on DeliveryJob { id state }"
CLAIM = step("claimJob", "ClaimJobInput", _JOB)
ARRIVE = step("arriveAtPickup", "ArriveInput", _JOB)
PICK_UP = step("confirmPickup", "SellerPinInput", _JOB)
ARRIVE_AT_DROP = step("arriveAtDropOff", "ArriveInput", _JOB)
DROP_OFF = step("confirmDropOff", "ConfirmDropOffInput", _JOB)
FAIL = step("failDropOff", "FailDropOffInput", _JOB)
BRING_BACK = step("confirmReturn", "SellerPinInput", _JOB)

BOARD = """query($near: GeoPointInput) { jobBoard(near: $near, first: 50) {
  nodes { id price cashToCollect distance seller { name } } } }"""

WATCH = """subscription($id: ID!) { orderChanged(id: $id) { version order { subOrders { state } } } }"""

COOPERATIVES = "query { cooperatives(first: 20) { nodes { id code name slug } } }"

WINDOWS = """query($slug: String!) { cooperative(slug: $slug) { windows(state: OPEN, first: 1) { nodes { id } } } }"""

_WINDOW = """... on SettlementWindow { id state grossTotal netTotal positions { amount cooperative { id code } }
  payments { id amount state payer { id code } payee { id code } } }"""
CLOSE = step("closeWindow", "CloseWindowInput", _WINDOW)
APPROVE = step("approveSettlement", "ApproveSettlementInput", _WINDOW)
RECORD_PAYMENT = step("recordSettlementPayment", "RecordSettlementPaymentInput", _WINDOW)
CONFIRM_PAYMENT = step("confirmSettlementPayment", "ConfirmSettlementPaymentInput", _WINDOW)

BOOK = """query($slug: String!) { cooperative(slug: $slug) { name book { trialBalance {
  debits credits lines { title type balance } } } } }"""

DRIVING = "query { viewer { driving { id cashInHand jobs(first: 50) { nodes { state } } } } }"

HAND_IN = """mutation($input: DriverCashInput!) { handInCash(input: $input) { __typename
  ... on CashReceipt { amount } ... on Problem { code message } } }"""
