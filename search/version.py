"""Settings of an index as code: a name for all that its documents were made with, so that a change is noticed."""

import hashlib
import json

from catalog.categories import all_categories

#: Raised whenever the same rows come to stand in an index otherwise: as a document, as words, as an engine's fields.
CONTENT = 1
LENGTH = 12


def version_of(*settings: object) -> str:
    """Names these settings (JSON) and what stands in documents by their content."""
    names = sorted((category.code, category.name_id) for category in all_categories().values())
    asked = json.dumps([CONTENT, names, settings], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(asked.encode(), digest_size=LENGTH // 2).hexdigest()
