"""Logs: one line each, and never a secret in it."""

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from leadboard import log

SECRETS = {
    "bearer": "Zk3jXq81mmPz0Qw7tYr5Us2Va9Bc4De6",
    "cookie": "q81mmPz0Qw7tYr5Us2Va9Bc4De6Fg8Hj",
    "token": "lb_12ab34cd_0Qw7tYr5Us2Va9Bc4De6Fg8HjKl1Mn3Op5Qr7St",
    "model": "sk-ant-0Qw7tYr5Us2Va9Bc4De6Fg8HjKl",
    "path": "Us2Va9Bc4De6Fg8HjKl1Mn3Op5Qr7St9Uv",
    "database": "correct-horse-battery",
}


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[dict]]]:
    was = logging.root.handlers, logging.root.level
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    log.configure("DEBUG")
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    logging.root.handlers, logging.root.level = was
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "template",
    [
        "Authorization: Bearer {bearer}",
        "headers={{'authorization': 'Bearer {bearer}', 'cookie': '__Host-lb={cookie}'}}",
        "[(b'cookie', b'__Host-lb={cookie}; theme=dark')]",
        '{{"cookie": "lb={cookie}"}}',
        "Set-Cookie: __Host-lb={cookie}; Path=/",
        "called with {token}",
        "key {model} refused",
        'HTTP Request: GET https://api.example.com/v2/find?api_key={bearer}&x=1 "HTTP/1.1 200 OK"',
        "GET /join/north/{path} 200",
        "POST /hooks/{path}",
        "cannot connect to postgresql+psycopg://app:{database}@db/leadboard",
        "password={database}",
        '{{"password": "{database}"}}',
    ],
)
def test_a_secret_in_a_message_an_argument_a_field_or_a_trace_is_taken_out(lines, template):
    text = template.format(**SECRETS)
    logging.getLogger("dbos").warning("plain " + text.replace("%", "%%"))
    logging.getLogger("httpx").warning("argument %s", text)
    structlog.get_logger("x").info("field", about=text, nested={"deep": [text]})
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        log.fault(error, request=text)
        logging.getLogger("reflex").exception("fault in a handler")
    written = lines()
    assert len(written) == 5
    assert "RuntimeError" in written[-1]["exception"]
    assert not [name for name, secret in SECRETS.items() if secret in json.dumps(written)]


@pytest.mark.parametrize("name", ["password", "Authorization", "cookie", "api_key", "payload", "router_data", "token"])
def test_what_is_named_like_a_secret_goes_as_a_whole(lines, name):
    structlog.get_logger("x").info("told", **{name: {"any": "thing"}}, kept="seen")
    assert (lines()[0][name], lines()[0]["kept"]) == (log.HIDDEN, "seen")


def test_a_thousand_faults_make_one_line_each_and_the_id_finds_it(lines):
    ids = set()
    for number in range(1000):
        try:
            raise ValueError(f"line one\nline two {number} Bearer {SECRETS['bearer']}")
        except ValueError as error:
            ids.add(log.fault(error))
    written = lines()
    assert len(written) == 1000
    assert {line["fault"] for line in written} == ids
    assert all("Traceback" in line["exception"] and SECRETS["bearer"] not in str(line) for line in written)


def test_a_library_that_brings_its_own_handler_is_taken_over(lines, capfd):
    library = logging.getLogger("dbos")
    library.propagate = False
    library.addHandler(logging.StreamHandler())
    log.adopt()
    library.error("Cookie: __Host-lb=%s", SECRETS["cookie"])
    assert [line["logger"] for line in lines()] == ["dbos"]
    assert capfd.readouterr().err == ""


@given(st.text())
def test_any_text_stays_one_parsable_line(text):
    handler = logging.StreamHandler(io.StringIO())
    line = json.dumps(log.redacted({"text": text}))
    assert "\n" not in line
    assert isinstance(log.redact(text), str)
    handler.close()


@pytest.mark.parametrize(
    "text", ["lead moved to analysis", "3 of 20 imported", "https://north.example/about", "a = b?"]
)
def test_ordinary_text_stays(text):
    assert log.redact(text) == text
