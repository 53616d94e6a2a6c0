"""The house's layers: who may import whom. A planted violation must fail."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "leadboard"

ALLOWED = {
    "domain": {"domain", "errors"},
    "store": {"store", "domain", "errors"},
    "providers": {"providers", "domain", "errors"},
    "engine": {"engine", "domain", "store", "providers", "errors"},
    "actions": {"actions", "domain", "store", "errors"},
    "api": {"api", "actions", "domain", "store", "errors", "settings", "log"},
    "ui": {"ui", "actions", "domain", "store", "errors", "log"},
    "sandbox": {"sandbox", "domain", "errors"},
}
"""Layer -> what it may import of ours. The modules beside the layers (composition root, commands, benches) may all."""

OUTSIDE = {
    "domain": {"reflex", "httpx", "httpcore", "sqlalchemy", "sqlmodel", "dbos", "fastapi", "asyncio", "socket"},
    "store": {"reflex", "httpx", "httpcore", "fastapi"},
    "providers": {"reflex", "sqlalchemy", "sqlmodel", "dbos", "fastapi"},
    "engine": {"reflex", "fastapi"},
    "actions": {"reflex", "httpx", "httpcore", "fastapi", "dbos"},
    "api": {"reflex", "httpx", "httpcore", "dbos"},
    "ui": {"httpx", "httpcore", "dbos", "fastapi"},
    "sandbox": {"reflex", "sqlalchemy", "sqlmodel", "dbos", "fastapi"},
}
"""Layer -> libraries that have no business there."""

RAW_SQL = {"text", "exec_driver_sql", "connection", "every_workspace"}
RAW_SQL_ALLOWED = {
    *("store/asks.py", "store/budgets.py", "store/db.py", "store/executors.py", "store/migrate.py", "store/people.py"),
    "store/work.py",
}


@cache
def parsed(path: Path) -> ast.Module:
    """A file of ours."""
    return ast.parse(path.read_text())


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """Every module that a file of ours imports."""
    return tuple(imports(parsed(path)))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that a source imports, also inside functions and for type checking."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(module: str) -> str:
    return module.split(".")[1] if module.startswith("leadboard.") else ""


def violations(layer: str, modules: Iterable[str]) -> list[str]:
    """What a file of this layer imports but may not."""
    found = []
    for module in modules:
        ours = layer_of(module)
        if ours and ours not in ALLOWED[layer]:
            found.append(module)
        if module.split(".")[0] in OUTSIDE[layer]:
            found.append(module)
    return found


@pytest.mark.parametrize("layer", ALLOWED)
def test_a_layer_imports_only_what_it_may(layer):
    wrong = {
        str(path.relative_to(ROOT)): bad
        for path in (PACKAGE / layer).rglob("*.py")
        if (bad := violations(layer, imports_of(path)))
    }
    assert not wrong


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        ("domain", "import httpx"),
        ("store", "from leadboard.engine import crawl"),
        ("actions", "def f():\n    from leadboard.providers.fetcher import Fetcher"),
        ("ui", "from leadboard.engine.enrich import enrich"),
        ("providers", "from leadboard.store import db"),
        ("sandbox", "from leadboard.providers.fetcher import Fetcher"),
    ],
)
def test_a_planted_import_is_found(layer, source):
    assert violations(layer, imports(ast.parse(source)))


def test_only_the_composition_root_and_the_pages_import_reflex():
    users = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if any(module.split(".")[0] in ("reflex", "reflex_base") for module in imports_of(path))
    }
    assert {user for user in users if not user.startswith("ui/")} <= {"leadboard.py"}


def test_few_modules_touch_the_inside_of_reflex():
    users = {
        str(path.relative_to(PACKAGE))
        for path in (PACKAGE / "ui").rglob("*.py")
        if any(module.startswith("reflex_base") for module in imports_of(path))
    }
    assert users <= {"ui/wire.py", "ui/guard.py", "ui/components/connection.py"}


def test_raw_sql_and_unscoped_reads_stay_in_the_reviewed_modules():
    """The session hook cannot see raw statements, so each place that uses one is on a short list."""
    users = set()
    for path in (PACKAGE / "store").rglob("*.py"):
        name = str(path.relative_to(PACKAGE))
        if "migrations" in name or name == "store/tenancy.py":
            continue
        for node in ast.walk(parsed(path)):
            calls_connection = isinstance(node, ast.Attribute) and node.attr in {"exec_driver_sql", "connection"}
            asks_for_all = isinstance(node, ast.Constant) and node.value == "every_workspace"
            uses_text = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"
            if calls_connection or asks_for_all or (uses_text and "tables" not in name):
                users.add(name)
    assert users <= RAW_SQL_ALLOWED, users - RAW_SQL_ALLOWED


DOORS = {"acting", "allowed", "looking", "place"}
BY_TOKEN = {"accept_as"}
"""Who joins is not a member yet: the token of the invitation is the right."""


def unguarded(source: str) -> list[str]:
    """Public actions on a workspace that reach no door, neither themselves nor through a helper beside them."""
    functions = {
        node.name: node for node in ast.parse(source).body if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)
    }

    def reaches(name: str, seen: frozenset[str] = frozenset()) -> bool:
        names = {node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)}
        if names & DOORS:
            return True
        return any(reaches(other, seen | {name}) for other in (names & functions.keys()) - seen - {name})

    return [
        name
        for name, node in functions.items()
        if not name.startswith("_") and {"me", "slug"} <= {arg.arg for arg in node.args.args} and not reaches(name)
    ]


def test_every_action_on_a_workspace_goes_through_the_door():
    for path in (PACKAGE / "actions").rglob("*.py"):
        if path.name != "access.py":
            assert not set(unguarded(path.read_text())) - BY_TOKEN, path.name
    assert unguarded("async def f(me, slug):\n    await db.begin()") == ["f"]


def test_the_environment_has_one_reader():
    users = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(parsed(path)):
            named = isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
            if named and ast.unparse(node) in ("os.environ", "os.getenv"):
                users.add(str(path.relative_to(PACKAGE)))
    measuring = {"bench/board.py", "bench/board_app.py", "bench/discover_app.py"}
    assert users - measuring <= {"build.py", "serve.py", "leadboard.py", "store/migrations/env.py", "settings.py"}
