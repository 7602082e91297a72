"""The fake's HTTP face: routes, keys, refusals."""

import fnmatch
import json
import re
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from tests.search.fake_meilisearch import facts
from tests.search.fake_meilisearch.indexes import Indexes, Refused, now

MASTER_KEY = "master-key-of-the-fake-server"
KEY_UID = "6062abda-a5aa-4414-ac91-ecd7944c0f8d"


class FakeMeilisearch:
    """A server on a free port of this machine. `url` and `key` are what an adapter is given.

    `fail_next(code)` makes the next task fail, `hold()` keeps tasks enqueued until `release()`, `is_down`
    answers every request with 503. `made` lists the types of the tasks made, `statuses_seen` the statuses
    that were told to whoever asked for a task, `complaints` what no server would have taken (`facts`).
    """

    def __init__(self, actions: list[str], indexes: list[str], *, port: int = 0, kept_in: Path | None = None) -> None:
        self.indexes = Indexes(kept_in)
        self.is_down = False
        self.key = "key-for-the-adapter"
        self.statuses_seen: list[str] = []
        self.complaints: list[str] = []
        self._actions, self._patterns = actions, indexes
        handler = type("Handler", (_Handler,), {"fake": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> "FakeMeilisearch":
        self._thread.start()
        self.indexes.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.indexes.stop()
        self._http.shutdown()
        self._http.server_close()

    def fail_next(self, code: str) -> None:
        self.indexes.fail_next(code)

    def hold(self) -> None:
        self.indexes.may_run.clear()

    def release(self) -> None:
        self.indexes.may_run.set()

    @property
    def made(self) -> list[str]:
        return [task["type"] for task in self.indexes.tasks]

    def limit_key(self, actions: list[str], indexes: list[str]) -> None:
        """What `key` may do from now on."""
        self._actions, self._patterns = actions, indexes

    def authorise(self, header: str | None, action: str, uid: str | None) -> Any:
        """Refuse a key that lacks the action, or the index, as the server does; answers a tenant token's filter."""
        key = (header or "").removeprefix("Bearer ")
        if key == MASTER_KEY:
            return None
        if key.count(".") == 2:
            return self._tenant(key, action, uid)
        if header is None:
            raise Refused(401, "missing_authorization_header", "auth")
        allowed = key == self.key and action in self._actions
        if not allowed or (uid and not any(fnmatch.fnmatch(uid, pattern) for pattern in self._patterns)):
            raise Refused(403, "invalid_api_key", "auth")
        return None

    def _tenant(self, token: str, action: str, uid: str | None) -> Any:
        """The filter that a token brings to its index; refuses one that is forged, ended, or for anything else."""
        try:
            claims = jwt.decode(token, OctKey.import_key(self.key), algorithms=["HS256"]).claims
        except JoseError as cause:
            raise Refused(403, "invalid_api_key", "auth") from cause
        if claims["exp"] < time.time():
            raise Refused(403, "invalid_api_key", "auth")
        if action != "search" or claims["apiKeyUid"] != KEY_UID or uid not in claims["searchRules"]:
            raise Refused(403, "invalid_api_key", "auth")
        return claims["searchRules"][uid]["filter"]


class _Handler(BaseHTTPRequestHandler):
    """One request: find its route, check the key, answer JSON."""

    fake: ClassVar[FakeMeilisearch]
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Silence: tests print enough."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        try:
            if self.fake.is_down:
                raise Refused(503, "service_unavailable", "system")
            asked = json.loads(raw) if raw else None
            if why := facts.complaint(self.command, self.path, asked):
                self.fake.complaints.append(why)
                raise Refused(400, "bad_request", message=why)
            status, body = self._route(asked)
        except Refused as refused:
            status, body = refused.status, refused.body()
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PATCH = do_DELETE = _answer

    def _route(self, body: Any) -> tuple[int, Any]:
        path = self.path.partition("?")[0]
        for method, pattern, action, answer in ROUTES:
            found = re.fullmatch(pattern, path)
            if method == self.command and found:
                if action == "keys.create" and not self._is_master():
                    raise Refused(403, "invalid_api_key", "auth")
                uid = found[1] if path.startswith("/indexes/") and found.groups() else None
                tenant_filter = self.fake.authorise(self.headers.get("Authorization"), action, uid)
                if tenant_filter:
                    body = {**body, "filter": [*(body.get("filter") or []), tenant_filter]}
                if body is not None and self.headers.get("Content-Type") != "application/json":
                    raise Refused(415, "invalid_content_type")
                return answer(self.fake, found.groups(), body)
        raise Refused(404, "not_found")

    def _is_master(self) -> bool:
        return self.headers.get("Authorization") == f"Bearer {MASTER_KEY}"


Answer = Callable[[FakeMeilisearch, tuple[str, ...], Any], tuple[int, Any]]


def _task(type: str, uid_at: int | None = 0) -> Answer:
    def answer(fake: FakeMeilisearch, parts: tuple[str, ...], body: Any) -> tuple[int, Any]:
        return 202, fake.indexes.enqueue(type, parts[uid_at] if uid_at is not None and parts else None, body)

    return answer


def _create(fake: FakeMeilisearch, parts: tuple[str, ...], body: Any) -> tuple[int, Any]:
    return 202, fake.indexes.enqueue("indexCreation", body["uid"], body)


def _get_task(fake: FakeMeilisearch, parts: tuple[str, ...], body: Any) -> tuple[int, Any]:
    task = fake.indexes.task(int(parts[0]))
    fake.statuses_seen.append(task["status"])
    return 200, task


def _make_key(fake: FakeMeilisearch, parts: tuple[str, ...], body: Any) -> tuple[int, Any]:
    fake.limit_key(body["actions"], body["indexes"])
    made = {"uid": KEY_UID, "key": fake.key, "createdAt": now(), "updatedAt": now()}
    return 201, {**body, **made}


UID = r"/indexes/([A-Za-z0-9_-]+)"
ROUTES: list[tuple[str, str, str, Answer]] = [
    ("POST", "/keys", "keys.create", _make_key),
    ("POST", "/indexes", "indexes.create", _create),
    ("GET", f"{UID}/settings", "settings.get", lambda fake, parts, _: (200, fake.indexes.settings_of(parts[0]))),
    ("DELETE", UID, "indexes.delete", _task("indexDeletion")),
    ("PATCH", f"{UID}/settings", "settings.update", _task("settingsUpdate")),
    ("POST", f"{UID}/documents", "documents.add", _task("documentAdditionOrUpdate")),
    ("POST", f"{UID}/documents/delete", "documents.delete", _task("documentDeletion")),
    ("POST", f"{UID}/search", "search", lambda fake, parts, body: (200, fake.indexes.search(parts[0], body))),
    ("GET", f"{UID}/stats", "stats.get", lambda fake, parts, _: (200, fake.indexes.stats(parts[0]))),
    ("POST", "/swap-indexes", "indexes.swap", _task("indexSwap", None)),
    ("GET", r"/tasks/(\d+)", "tasks.get", _get_task),
]
