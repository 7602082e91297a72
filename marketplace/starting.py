"""What a serving process starts with: the application of the environment's settings."""

import gc

from starlette.applications import Starlette

from marketplace import collecting


def application() -> Starlette:
    """The application, and memory laid out for a long life.

    The schema and the models stay for good. While they are made there is no garbage to look for, which would take a
    third of the start; afterwards the collector need not walk them again and again, which would hold up every request
    for some hundred milliseconds.
    """
    with collecting.paused():
        from marketplace import app, logs, settings

        chosen = settings.read()
        logs.configure(chosen)
        started = app.create_app(chosen)
    gc.collect()
    gc.freeze()
    return started
