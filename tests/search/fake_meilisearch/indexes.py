"""The fake's state: indexes, and the queue of tasks that changes them one after another."""

import pickle
import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.search.fake_meilisearch import matching
from tests.search.fake_meilisearch.filters import BadFilter, condition

DEFAULTS: dict[str, Any] = {
    "searchableAttributes": ["*"],
    "filterableAttributes": [],
    "sortableAttributes": [],
    "displayedAttributes": ["*"],
    "rankingRules": ["words", "typo", "proximity", "attribute", "sort", "exactness"],
    "typoTolerance": {"minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9}},
    "pagination": {"maxTotalHits": 1000},
    "faceting": {"maxValuesPerFacet": 100},
    "synonyms": {},
    "searchCutoffMs": None,
}
#: How long a task stays enqueued, and then processing: long enough to be seen in both.
STEP_S = 0.01


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Refused(Exception):
    """An answer that is an error object."""

    def __init__(self, status: int, code: str, type: str = "invalid_request", message: str = "") -> None:
        self.status, self.code, self.type, self.message = status, code, type, message or code
        super().__init__(code)

    def body(self) -> dict[str, str]:
        link = f"https://docs.meilisearch.com/errors#{self.code}"
        return {"message": self.message, "code": self.code, "type": self.type, "link": link}


class Index:
    def __init__(self) -> None:
        self.documents: dict[str, dict[str, Any]] = {}
        self.settings: dict[str, Any] = dict(DEFAULTS)


class Indexes:
    """Everything that the server keeps; in the file `kept_in`, where there is one, as a server keeps it on disk."""

    def __init__(self, kept_in: Path | None = None) -> None:
        self.tasks: list[dict[str, Any]] = []
        self.may_run = threading.Event()
        self.may_run.set()
        self._bodies: dict[int, Any] = {}
        self._indexes: dict[str, Index] = {}
        self._failures: list[str] = []
        self._kept_in = kept_in
        if kept_in is not None and kept_in.exists():
            self.tasks, self._bodies, self._indexes = pickle.loads(kept_in.read_bytes())
        self._lock = threading.RLock()
        self._stopped = threading.Event()
        self._runner = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._runner.start()

    def stop(self) -> None:
        self._stopped.set()
        self.may_run.set()
        self._runner.join(timeout=5)

    def fail_next(self, code: str) -> None:
        self._failures.append(code)

    def enqueue(self, type: str, uid: str | None, body: Any) -> dict[str, Any]:
        """A summarised task."""
        with self._lock:
            if type == "documentDeletion" and uid in self._indexes:
                self._conditions(self._indexes[uid], [body["filter"]], "invalid_document_filter")
            task = {"uid": len(self.tasks), "indexUid": uid, "status": "enqueued", "type": type, "error": None}
            task |= {"enqueuedAt": now(), "startedAt": None, "finishedAt": None, "details": None}
            self.tasks.append(task)
            self._bodies[task["uid"]] = body
            self._keep()
            return {"taskUid": task["uid"], **{k: task[k] for k in ("indexUid", "status", "type", "enqueuedAt")}}

    def task(self, uid: int) -> dict[str, Any]:
        if uid >= len(self.tasks):
            raise Refused(404, "task_not_found")
        with self._lock:
            return dict(self.tasks[uid])

    def settings_of(self, uid: str) -> dict[str, Any]:
        with self._lock:
            return dict(self._index(uid).settings)

    def stats(self, uid: str) -> dict[str, Any]:
        index = self._index(uid)
        return {"numberOfDocuments": len(index.documents), "isIndexing": False, "fieldDistribution": {}}

    def search(self, uid: str, asked: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            return self._search(self._index(uid), asked)

    def _index(self, uid: str) -> Index:
        if uid not in self._indexes:
            raise Refused(404, "index_not_found", message=f"Index `{uid}` not found.")
        return self._indexes[uid]

    def _keep(self) -> None:
        if self._kept_in is not None:
            draft = self._kept_in.with_suffix(".draft")
            draft.write_bytes(pickle.dumps((self.tasks, self._bodies, self._indexes)))
            draft.replace(self._kept_in)

    def _run(self) -> None:
        """One task after another; those that a killed server had begun are begun again."""
        done = sum(task["finishedAt"] is not None for task in self.tasks)
        while not self._stopped.is_set():
            self.may_run.wait()
            if done == len(self.tasks):
                self._stopped.wait(STEP_S / 2)
                continue
            task = self.tasks[done]
            self._stopped.wait(STEP_S)
            task |= {"status": "processing", "startedAt": now()}
            self._stopped.wait(STEP_S)
            with self._lock:
                try:
                    if self._failures:
                        raise Refused(500, self._failures.pop(0), "internal")
                    self._carry_out(task["type"], task["indexUid"], self._bodies.pop(task["uid"]))
                    task |= {"status": "succeeded"}
                except Refused as refused:
                    task |= {"status": "failed", "error": refused.body()}
                task |= {"finishedAt": now()}
                self._keep()
            done += 1

    def _carry_out(self, type: str, uid: str | None, body: Any) -> None:
        if type == "indexSwap":
            for one, other in (pair["indexes"] for pair in body):
                self._index(one), self._index(other)
                self._indexes[one], self._indexes[other] = self._indexes[other], self._indexes[one]
            return
        assert uid is not None
        if type == "indexCreation":
            if uid in self._indexes:
                raise Refused(409, "index_already_exists")
            self._indexes[uid] = Index()
        elif type == "indexDeletion":
            self._index(uid)
            del self._indexes[uid]
        elif type == "settingsUpdate":
            unknown = set(body) - set(DEFAULTS)
            if unknown:
                raise Refused(400, "bad_request", message=f"Unknown fields {unknown}")
            self._indexes.setdefault(uid, Index()).settings |= body
        elif type == "documentAdditionOrUpdate":
            documents = self._indexes.setdefault(uid, Index()).documents
            for document in body:
                if not -90 <= document["_geo"]["lat"] <= 90:
                    raise Refused(400, "invalid_document_geo_field")
                documents[document["id"]] = document
        elif type == "documentDeletion":
            index = self._index(uid)
            matches = self._conditions(index, [body["filter"]], "invalid_document_filter")
            index.documents = {id: d for id, d in index.documents.items() if not all(m(d) for m in matches)}

    def _conditions(self, index: Index, texts: list[Any], code: str) -> list[Any]:
        try:
            return [condition(text, index.settings["filterableAttributes"]) for text in texts]
        except BadFilter as bad:
            raise Refused(400, code, message=str(bad)) from bad

    def _search(self, index: Index, asked: dict[str, Any]) -> dict[str, Any]:
        known = index.settings
        matches = self._conditions(index, asked.get("filter") or [], "invalid_search_filter")
        sorts = asked.get("sort") or []
        for sort in sorts:
            if matching.sort_field(sort) not in known["sortableAttributes"]:
                raise Refused(400, "invalid_search_sort", message=f"Attribute `{sort}` is not sortable.")
        fields = asked.get("attributesToSearchOn") or known["searchableAttributes"]
        found = []
        for place, document in enumerate(index.documents.values()):
            rank = matching.score(document, asked["q"], fields, known, asked.get("matchingStrategy", "last"))
            if rank is not None and all(holds(document) for holds in matches):
                found.append((matching.sort_key(document, sorts), -rank, place, document))
        found.sort(key=lambda one: one[:3])
        found = found[: known["pagination"]["maxTotalHits"]]
        offset, limit = asked.get("offset", 0), asked.get("limit", 20)
        hits = []
        for _, rank, _, document in found[offset : offset + limit]:
            hit = {field: document[field] for field in asked["attributesToRetrieve"]}
            assert set(hit) <= set(known["displayedAttributes"]), "only displayed attributes are returned"
            hits.append({**hit, **({"_rankingScore": -rank} if asked.get("showRankingScore") else {})})
        result = {"hits": hits, "offset": offset, "limit": limit, "query": asked["q"], "processingTimeMs": 1}
        result["estimatedTotalHits"] = len(found)
        if asked.get("facets"):
            result["facetDistribution"] = {
                facet: dict(
                    Counter(one[3][facet] for one in found).most_common(known["faceting"]["maxValuesPerFacet"])
                )
                for facet in asked["facets"]
            }
        return result

    def forget_everything(self) -> None:
        """As when the server's disk was lost."""
        with self._lock:
            self._indexes.clear()

    def settings_by_uid(self) -> dict[str, dict[str, Any]]:
        return {uid: index.settings for uid, index in self._indexes.items()}
