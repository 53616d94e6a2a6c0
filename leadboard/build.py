"""The production frontend: built once, and again only when something it is made of has changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from leadboard.settings import Settings

ROOT = Path(__file__).parents[1]
STAMP = "leadboard.stamp"
SOURCES = (
    "leadboard/ui",
    "leadboard/domain",
    "leadboard/leadboard.py",
    "assets",
    "rxconfig.py",
    "uv.lock",
    "reflex.lock",
)
"""What pages are made of: their code, the words they take from the rules, assets, and the versions of everything."""


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


def fingerprint(settings: Settings) -> str:
    """What the frontend is made of, in one digest; the address is baked in, so it counts too."""
    digest = hashlib.sha256(settings.address.encode())
    for source in SOURCES:
        path = ROOT / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(settings: Settings) -> bool:
    """Whether the frontend on disk is the one this code would build."""
    stamp = web_dir() / STAMP
    built = web_dir() / "build" / "client" / "index.html"
    return built.exists() and stamp.exists() and stamp.read_text() == fingerprint(settings)


def build(settings: Settings) -> None:
    """Build the frontend; the output of the tools is shown only when they fail."""
    wanted = fingerprint(settings)
    (web_dir() / STAMP).unlink(missing_ok=True)
    shutil.rmtree(web_dir() / "build", ignore_errors=True)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--loglevel", "warning"]
    done = subprocess.run(command, cwd=ROOT, env=environment(settings), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"The frontend could not be built.\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    (web_dir() / STAMP).write_text(wanted)
