"""The web app: its sources (`src/`), how they are built (`building`), how a node serves them (`serving`)."""

from pathlib import Path

#: Where the sources stand; an installed wheel has only what was built of them.
FOLDER = Path(__file__).parent
#: What a node serves. Not kept in the repository; part of the wheel.
BUILT = FOLDER / "built"
