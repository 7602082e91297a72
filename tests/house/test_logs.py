"""What the node writes down never holds a secret, not even when it breaks."""

import io
import sys

import pytest
import structlog

from marketplace import logs
from marketplace.settings import Mode, Settings


@pytest.mark.parametrize("mode", list(Mode))
def test_a_traceback_shows_no_local_variables(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.configure(Settings(mode=mode, secret_key="a-production-secret-of-this-test-alone"))
    access_token = "eyJ.this-must-not-be-written"
    try:
        raise RuntimeError(f"broke with a token of {len(access_token)} characters")
    except RuntimeError as error:
        structlog.get_logger().error("unexpected", exc_info=error, access_token=access_token)
    structlog.reset_defaults()
    assert "RuntimeError" in written.getvalue()
    assert "this-must-not-be-written" not in written.getvalue()
