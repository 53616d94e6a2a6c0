"""The served app of the browser tests: a process of its own that can be killed and started again, and its websites."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from leadboard import build
from leadboard.settings import Settings
from tests.support.postgres import free_port

SITES = 520
START_SECONDS = 90


@dataclass
class Program:
    """A process group of ours, stopped by its own id; its output goes to `log`."""

    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; `log` is written on."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=build.ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the whole group and wait for it."""
        if self.process is None:
            return
        os.killpg(self.process.pid, how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)
        self.process = None

    def halt(self) -> None:
        """Let it stand still: it takes calls, and answers none of them."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it run on."""
        self._signal(signal.SIGCONT)

    def _signal(self, which: signal.Signals) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, which)

    def wait_for(self, url: str) -> None:
        """Wait until it answers there; fails with the last of its output when it does not."""
        until = time.monotonic() + START_SECONDS
        with httpx.Client(timeout=2) as client:  # one for all attempts: each reads every certificate of the system
            while time.monotonic() < until and self.process is not None and self.process.poll() is None:
                try:
                    client.get(url)
                except httpx.TransportError:
                    time.sleep(0.1)
                else:
                    return
        raise RuntimeError(f"Nothing answers at {url}:\n{self.log.read_text()[-3000:]}")


@dataclass
class Server:
    """leadboard on a free port with a data folder of its own, and `SITES` websites it may read."""

    data_dir: Path
    environment: dict[str, str] = field(default_factory=dict)
    """What this one is told beyond what every server is."""
    port: int = field(default_factory=free_port)
    sites_port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.url = f"http://localhost:{self.port}"
        self.settings = Settings(
            LEADBOARD_DATA_DIR=self.data_dir,  # type: ignore[call-arg]
            LEADBOARD_PORT=self.port,
            _env_file=None,
        )
        serve = ["granian", "--interface", "asgi", "--factory", "--workers", "1", "--workers-kill-timeout", "15"]
        self._app = Program(
            [sys.executable, "-m", *serve, "--port", str(self.port), "tests.e2e.served:app"],
            self.data_dir / "server.log",
            build.environment(self.settings)
            | {
                "LEADBOARD_DATA_DIR": str(self.data_dir),
                "LEADBOARD_PORT": str(self.port),
                "LEADBOARD_ROLE": "run",
                "TEST_SITES": str(SITES),
                "TEST_SITES_PORT": str(self.sites_port),
                "__REFLEX_SKIP_COMPILE": "true",
                "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
            }
            | self.environment,
        )
        self.sites = Program(
            [sys.executable, "-m", "leadboard.bench.sites", "--count", str(SITES), "--port", str(self.sites_port)],
            self.data_dir / "sites.log",
            dict(os.environ),
        )

    @property
    def log(self) -> str:
        """Everything the server has written."""
        return self._app.log.read_text()

    def start(self) -> None:
        """Start, and wait until it says that it is well."""
        self._app.start()
        self._app.wait_for(f"{self.url}/health")

    def start_sites(self) -> None:
        """Put the websites up, and wait until they answer."""
        self.sites.start()
        self.sites.wait_for(f"http://127.0.0.1:{self.sites_port}/")

    def kill9(self) -> None:
        """End it as a power cut would: nothing gets to say goodbye."""
        self._app.end(signal.SIGKILL)

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """As long as this lasts it takes calls, and answers none."""
        self._app.halt()
        try:
            yield
        finally:
            self._app.go_on()

    def stop(self) -> None:
        """Stop it cleanly."""
        self._app.end()


@contextmanager
def serving(data_dir: Path, migrated: Path, **environment: str) -> Iterator[Server]:
    """A started server over the built frontend and a copy of the migrated database; stopped at the end."""
    server = Server(data_dir, environment)
    shutil.copyfile(migrated, data_dir / "leadboard.db")
    try:
        server.start_sites()
        server.start()
        yield server
    finally:
        server.stop()
        server.sites.end()
