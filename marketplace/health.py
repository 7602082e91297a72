"""Whether the node lives, whether it can serve, and what it counts."""

from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from cooperatives import ledger
from cooperatives.ledger import chain
from marketplace import database, migrating, schema_gate
from marketplace.deliveries.times import measuring
from marketplace.settings import Settings
from marketplace.wiring import Adapters
from marketplace.worker import claims
from search import lag as search_lag

#: An outbox that lags longer than this has no worker, or one that can't keep up.
LARGEST_LAG_S = 300.0
LAG = Gauge("lumbung_outbox_lag_seconds", "Age of the oldest event that could run by now.")
SEAL_LAG = Gauge("lumbung_ledger_seal_lag_seconds", "Age of the oldest transfer that the chain does not hold yet.")
_TIMES = ("cooperative", "stage", "target")
COVERAGE = Gauge("lumbung_delivery_times_coverage", "Share of estimated ranges that held; 0.8 is aimed at.", _TIMES)
MEDIAN_ERROR = Gauge("lumbung_delivery_times_median_error_seconds", "Half were off by at most it.", _TIMES)
SEARCH_LAG = Gauge("lumbung_search_lag_seconds", "Age of the oldest change that the search index lacks.")
SEARCH_READY = Gauge("lumbung_search_ready", "1 while there is an index to search; else the database answers.")
DEAD = Gauge("lumbung_outbox_dead_letters", "Events given up, which block their aggregates.")


async def healthz(request: Request) -> Response:
    """The process answers. Says nothing of what it depends on: a restart wouldn't mend that."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """200 when requests can be served, else 503 with each reason."""
    state = request.app.state
    reasons, facts = await readiness(state.settings, state.adapters)
    status = "ready" if not reasons else "not ready"
    return JSONResponse({"status": status, "reasons": reasons, **facts}, status_code=503 if reasons else 200)


async def readiness(settings: Settings, adapters: Adapters) -> tuple[list[str], dict[str, float | str]]:
    """Why this node can't serve (empty: it can), and what was measured."""
    reasons: list[str] = []
    facts: dict[str, float | str] = {}
    try:
        await database.connection().execute_query("SELECT 1")
        reasons += [f"database: migration {name} is missing" for name in await migrating.pending(settings)]
        reasons += [f"ledger: guard {name} is missing" for name in await ledger.missing_guards()]
        lag_s = await claims.lag_seconds()
        facts |= {"outbox_lag_s": round(lag_s, 3), "dead_letters": await claims.dead_letters()}
        facts["search_lag_s"] = round(await search_lag.seconds(), 3)
        facts["seal_lag_s"] = round((await chain.lag()).total_seconds(), 3)
        if lag_s > LARGEST_LAG_S:
            reasons.append(f"outbox: lags {lag_s:.0f} s; is a worker running?")
    except Exception as error:
        reasons.append(f"database: {type(error).__name__}")
    facts["search"] = await _search(adapters, float(facts.get("search_lag_s", 0)))
    return reasons, facts


async def _search(adapters: Adapters, lag_s: float) -> str:
    """Nothing of it stops the node: what has no index is searched in the database meanwhile."""
    try:
        if not await adapters.engine.is_ready():
            return "degraded"
    except Exception as error:
        return f"degraded: {type(error).__name__}"
    return f"lags {lag_s:.0f} s" if search_lag.is_large(lag_s) else "ready"


async def metrics(request: Request) -> Response:
    """Prometheus' text format; each server process counts its own requests."""
    LAG.set(await claims.lag_seconds())
    SEARCH_LAG.set(await search_lag.seconds())
    SEARCH_READY.set(await _search(request.app.state.adapters, 0) == "ready")
    DEAD.set(await claims.dead_letters())
    SEAL_LAG.set((await chain.lag()).total_seconds())
    for code, record in await measuring.records_of_node():
        held = measuring.accuracy_of(record)
        COVERAGE.labels(code, record.stage.value, record.target.value).set(held.coverage)
        MEDIAN_ERROR.labels(code, record.stage.value, record.target.value).set(held.median_error_s)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def schema_file(request: Request) -> Response:
    """The GraphQL schema as text, also where introspection is off."""
    return PlainTextResponse(schema_gate.current())
