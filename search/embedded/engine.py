"""The embedded engine: one process writes, every process of the node searches."""

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import tantivy

from search.embedded.completing import sellers, suggest, words_like
from search.embedded.fields import SCHEMA, row_of
from search.embedded.finding import find
from search.embedded.folder import Folder
from search.engine import Changes, EngineUnavailable, Hits, Query, joined, size_of
from search.gathering import Gatherer
from search.places import Point

#: Memory of a writer and its threads: one thread keeps up with a node, and 15 MB is the least it takes.
WRITER_BYTES, WRITER_THREADS = 20_000_000, 1
#: Answers that are kept: each is a page of ids and some counts.
MOST_FOUND = 512
#: So often an index may be swept away under who opens it: each time another one took its place.
MOST_SWITCHES = 10
T = TypeVar("T")


class EmbeddedEngine:
    """tantivy in `folder`. Opening it neither writes nor locks: `can_write()` takes the lock when it is free."""

    name = "embedded"
    writes_alone = True

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self._folder = Folder(folder)
        self._index: tantivy.Index | None = None
        self._stamp: tuple[int, int] | None = None
        self._found: dict[Query, Hits] = {}
        self._found_at: tuple[int, ...] | None = None
        self._opening = threading.Lock()
        self._writer: tantivy.IndexWriter | None = None
        self._writing = threading.Lock()
        self._gatherer = Gatherer(lambda batch: asyncio.to_thread(self._commit, joined(batch)), size_of)

    def can_write(self) -> bool:
        return self._folder.try_lock()

    async def is_ready(self) -> bool:
        """False also for an index whose files are damaged: it is then built anew."""
        try:
            await asyncio.to_thread(self.searcher)
        except EngineUnavailable:
            return False
        return True

    async def is_current(self) -> bool:
        return self._folder.is_of_this_version()

    async def find(self, query: Query) -> Hits:
        """An answer is kept until the next commit of any process: most people ask for the same few pages."""
        stamp = self._folder.committed()
        if stamp != self._found_at or len(self._found) >= MOST_FOUND:
            self._found_at, self._found = stamp, {}
        answers = self._found  # of the commit seen before searching: what is found is never older than that
        found = answers.get(query)
        if found is None:
            found = await self._in_thread(lambda searcher: find(searcher, query))
            if stamp is not None and query.filters.open_at is None:
                answers[query] = found
        return found

    async def suggest(self, text: str, near: Point | None = None) -> list[str]:
        return await self._in_thread(lambda searcher: suggest(searcher, text, near))

    async def sellers(self, text: str, near: Point | None = None) -> list[UUID]:
        return await self._in_thread(lambda searcher: sellers(searcher, text, near))

    async def words_like(self, word: str) -> list[str]:
        return await self._in_thread(lambda searcher: words_like(searcher, word))

    async def count(self) -> int:
        return await self._in_thread(lambda searcher: searcher.num_docs)

    def token_for(self, cooperative_id: UUID, expires_at: datetime) -> None:
        """There is no server to ask."""

    async def write(self, changes: Changes) -> None:
        if not self.can_write():
            raise EngineUnavailable
        await self._gatherer.add(changes)

    @asynccontextmanager
    async def rebuild(self) -> AsyncIterator["EmbeddedRebuild"]:
        if not self.can_write():
            raise EngineUnavailable
        rebuild = EmbeddedRebuild(self, self._folder.new())
        try:
            yield rebuild
        finally:
            await asyncio.to_thread(rebuild.end)

    async def close(self) -> None:
        await self._gatherer.close()
        with self._writing:
            self._writer = None
        self._index = None
        self._folder.unlock()

    async def _in_thread(self, ask: Callable[[tantivy.Searcher], T]) -> T:
        return await asyncio.to_thread(lambda: ask(self.searcher()))

    def searcher(self) -> tantivy.Searcher:
        """A searcher of what was last committed, by whichever process. Costs about 50 µs.

        Another process may switch to a new index, and sweep away the old one, while this one opens it.
        """
        for _ in range(MOST_SWITCHES):
            stamp = self._folder.stamp()
            try:
                index = self._opened()
                index.reload()
            except (OSError, ValueError) as cause:
                if stamp == self._folder.stamp():
                    raise EngineUnavailable from cause
            else:
                return index.searcher()
        raise EngineUnavailable

    def _opened(self) -> tantivy.Index:
        stamp = self._folder.stamp()
        with self._opening:
            if self._index is None or stamp != self._stamp:
                path = self._folder.current()
                if path is None:
                    raise EngineUnavailable
                self._index = tantivy.Index.open(str(path))
                self._index.config_reader(reload_policy="manual")
                self._stamp = stamp
            return self._index

    def _commit(self, changes: Changes) -> None:
        with self._writing:
            path = self._folder.current()
            if path is None:
                raise EngineUnavailable
            try:
                if self._writer is None:
                    index = tantivy.Index.open(str(path))
                    self._writer = index.writer(WRITER_BYTES, WRITER_THREADS)
                apply(self._writer, changes)
                self._writer.commit()
            except (OSError, ValueError) as cause:
                # The writer may hold half of the changes: the next write opens one without them.
                self._writer = None
                raise EngineUnavailable from cause

    def adopt(self, path: Path, writer: tantivy.IndexWriter) -> None:
        """Search and write the index at `path` from now on; the one before is thrown away."""
        with self._writing:
            if not self._folder.is_locked:  # closed meanwhile: another process may write by now
                raise EngineUnavailable
            self._folder.switch(path)
            self._writer = writer
        self._folder.sweep(keep=path)


class EmbeddedRebuild:
    """A new index beside the current one."""

    def __init__(self, engine: EmbeddedEngine, path: Path) -> None:
        self._engine = engine
        self._path = path
        self._writer: tantivy.IndexWriter | None = tantivy.Index(SCHEMA, path=str(path)).writer(
            WRITER_BYTES, WRITER_THREADS
        )
        self._is_current = False

    async def write(self, changes: Changes) -> None:
        await asyncio.to_thread(self._apply, changes)

    async def swap(self) -> None:
        await asyncio.to_thread(self._swap)

    def _apply(self, changes: Changes) -> None:
        if self._writer is None:
            raise EngineUnavailable
        apply(self._writer, changes)

    def _swap(self) -> None:
        if self._writer is None:
            raise EngineUnavailable
        self._writer.commit()
        self._engine.adopt(self._path, self._writer)
        self._is_current, self._writer = True, None

    def end(self) -> None:
        """Throw away what did not become current."""
        self._writer = None
        if not self._is_current:
            shutil.rmtree(self._path, ignore_errors=True)


def apply(writer: tantivy.IndexWriter, changes: Changes) -> None:
    """Hand the changes to the writer; nothing is seen before its commit."""
    for id in changes.remove:
        writer.delete_documents_by_term("id", str(id))
    for document in changes.put:
        writer.delete_documents_by_term("id", str(document.id))
        writer.add_document(row_of(document))
