"""The facts of the server's route definitions, and that what stands in for the server is no laxer than they are."""

import pytest

from search.meilisearch.fields import KEY_ACTIONS, settings
from tests.search.fake_meilisearch.facts import complaint, routes
from tests.search.fake_meilisearch.server import ROUTES

SEARCH, SETTINGS = "/indexes/listings/search", "/indexes/listings/settings"


def test_every_route_of_the_fake_is_one_of_the_server_with_the_same_action() -> None:
    known = {(method, pattern.pattern): fact["action"] for method, pattern, fact in routes()}
    for method, path, action, _ in ROUTES:
        plain = path.replace("([A-Za-z0-9_-]+)", "[^/]+").replace(r"(\d+)", "[^/]+")
        assert known[method, plain] == action
        assert action in KEY_ACTIONS or action == "keys.create"


@pytest.mark.parametrize(
    ("method", "url", "body", "says"),
    [
        ("POST", SEARCH, {"q": "soto", "limit": 20, "filter": ["a = 1", ["b = 2"]]}, ""),
        ("POST", SEARCH, {"q": "soto", "limits": 20}, "has no field ['limits']"),
        ("POST", SEARCH, {"q": "soto", "limit": "20"}, "is integer"),
        ("POST", SEARCH, {"q": "soto", "matchingStrategy": "most"}, "is last|all|frequency"),
        ("POST", SEARCH, {"sort": "price:asc"}, "is [string]?"),
        ("POST", SEARCH, {"showRankingScore": 1}, "is boolean"),
        ("POST", SEARCH, None, "needs a body"),
        ("PATCH", SETTINGS, settings(), ""),
        (
            "PATCH",
            SETTINGS,
            {"typoTolerance": {"minWordSizeForTypos": {"threeTypos": 12}}},
            "no field ['threeTypos']",
        ),
        ("PATCH", SETTINGS, {"pagination": {"maxTotalHits": True}}, "is integer?"),
        ("PUT", SETTINGS, {}, "there is no PUT"),
        ("POST", "/indexes", {"primaryKey": "id"}, "needs ['uid']"),
        ("POST", "/swap-indexes", [{"indexes": ["a", "b"]}], ""),
        ("POST", "/swap-indexes", {"indexes": ["a", "b"]}, "is a list"),
        ("POST", "/swap-indexes", [{"rename": True}], "needs ['indexes']"),
        ("POST", "/indexes/a/documents?primaryKey=id", [{"id": "1"}], ""),
        ("POST", "/indexes/a/documents?primary_key=id", [{"id": "1"}], "takes no parameter"),
        ("GET", "/tasks/7", {}, "takes no body"),
        ("GET", "/indexes/a/everything", None, "there is no GET"),
    ],
)
def test_what_no_server_would_take_is_named(method: str, url: str, body: object, says: str) -> None:
    why = complaint(method, url, body)
    assert says in why
    assert bool(why) is bool(says)


def test_an_action_that_the_route_does_not_need_is_named() -> None:
    assert "needs the action search" in complaint("POST", SEARCH, {}, action="documents.get")
