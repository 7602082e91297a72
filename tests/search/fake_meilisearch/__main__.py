"""The fake as a process: `python -m tests.search.fake_meilisearch PORT FILE`, whose state is in the file."""

import sys
from pathlib import Path

from search.meilisearch.fields import KEY_ACTIONS, KEY_INDEXES
from tests.search.fake_meilisearch.server import FakeMeilisearch

with FakeMeilisearch(KEY_ACTIONS, KEY_INDEXES, port=int(sys.argv[1]), kept_in=Path(sys.argv[2])) as fake:
    sys.stdout.write(fake.url + "\n")
    sys.stdout.flush()
    sys.stdin.read()
