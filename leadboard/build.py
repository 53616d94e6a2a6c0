"""The production frontend: built once, and again only when something it is made of has changed."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from leadboard.settings import Settings
from leadboard.trim import classes, trim

ROOT = Path(__file__).parents[1]
STAMP = "leadboard.stamp"
PLACEHOLDER = "page.origin.invalid"
"""The host that Reflex is told at build time; `_follow_the_page` then makes every address the page's own."""
SOURCES = (
    "leadboard/build.py",
    "leadboard/trim.py",
    "leadboard/ui",
    "leadboard/domain",
    "leadboard/leadboard.py",
    "assets",
    "rxconfig.py",
    "uv.lock",
    "reflex.lock/bun.lock",
)
"""What pages are made of: their code, the words they take from the rules, assets, what the build does with them, and
the versions of everything."""


def environment(settings: Settings) -> dict[str, str]:
    """The environment in which Reflex builds and serves: our Node and bun first, nothing fetched, nothing compiled."""
    tools = str(Path(sys.executable).parent)
    return os.environ | {
        "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}",
        "REFLEX_USE_SYSTEM_BUN": "1",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": "65536",
        "REFLEX_REDIS_URL": settings.redis_url or "",
        "REFLEX_DIR": str(settings.data_dir / ".reflex"),
    }


def web_dir() -> Path:
    """Where Reflex builds: `.web`, or what REFLEX_WEB_WORKDIR says."""
    return ROOT / os.environ.get("REFLEX_WEB_WORKDIR", ".web")


def fingerprint() -> str:
    """What the frontend is made of, in one digest."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = ROOT / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the frontend on disk is the one this code would build."""
    stamp = web_dir() / STAMP
    built = web_dir() / "build" / "client" / "index.html"
    return built.exists() and stamp.exists() and stamp.read_text() == fingerprint()


def build(settings: Settings) -> None:
    """Build the frontend; the output of the tools is shown only when they fail."""
    wanted = fingerprint()
    (web_dir() / STAMP).unlink(missing_ok=True)
    shutil.rmtree(web_dir() / "build", ignore_errors=True)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--loglevel", "warning"]
    done = subprocess.run(command, cwd=ROOT, env=environment(settings), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"The frontend could not be built.\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    client = web_dir() / "build" / "client"
    _follow_the_page(client)
    _trim(client)
    _join_scripts(client)
    (web_dir() / STAMP).write_text(wanted)


_BUILT_IN = re.compile(rf"""([`"'])(ws|http)://{re.escape(PLACEHOLDER)}(/[^`"']*)\1""")


def _follow_the_page(client: Path) -> None:
    """Make the built-in backend address the page's own, so that one build serves every host, port and scheme."""
    found = 0
    for script in client.glob("assets/*.js"):
        text = script.read_text()
        if PLACEHOLDER in text:
            text, many = _BUILT_IN.subn(_own_origin, text)
            found += many
            _write(script, text)
    if not found:
        raise SystemExit("The built pages hold no backend address: this version of Reflex writes it elsewhere.")


def _trim(client: Path) -> None:
    """Leave in the stylesheets what the scripts can draw."""
    drawn: set[str] = set().union(*(classes(script.read_text()) for script in client.glob("assets/*.js")))
    for sheet in client.glob("assets/*.css"):
        _write(sheet, trim(sheet.read_text(), drawn))


def _join_scripts(client: Path) -> None:
    """Make one file of our own scripts: a browser asks for six at a time, and each costs an answer."""
    from leadboard.ui.theme import JOINED, SCRIPTS

    parts = [client / f"{name}.js" for name in SCRIPTS]
    _write(client / JOINED, "\n".join(part.read_text() for part in parts))
    for part in parts:
        part.unlink()
        part.with_name(f"{part.name}.gz").unlink(missing_ok=True)


def _write(file: Path, text: str) -> None:
    file.write_text(text)
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _own_origin(match: re.Match[str]) -> str:
    origin = 'globalThis.location?globalThis.location.origin:"http://localhost"'
    scheme = '.replace(/^http/,"ws")' if match[2] == "ws" else ""
    return f'(({origin}){scheme}+"{match[3]}")'
