"""Settings: what follows from them, and the starts they refuse."""

import re
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from leadboard.errors import Refused
from leadboard.settings import Settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"
ALIASES = {str(field.validation_alias) for field in Settings.model_fields.values()}


@pytest.fixture(autouse=True)
def _nothing_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ALIASES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def told(monkeypatch: pytest.MonkeyPatch, **names: str) -> Settings:
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    return Settings()


def test_the_example_names_exactly_the_settings_that_exist():
    assert set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE)) == ALIASES


def test_the_example_shows_the_default_of_every_setting_that_has_one(monkeypatch):
    """Where nothing is the default, it shows an example instead."""
    shown = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))
    defaults = Settings()
    with_default = {str(each.validation_alias) for each in Settings.model_fields.values() if each.default != ""}
    assert told(monkeypatch, **{name: shown[name] for name in with_default}) == defaults


def test_nothing_is_needed_to_start(tmp_path):
    settings = Settings()
    settings.check_start()
    assert settings.database == f"sqlite:///{tmp_path}/data/leadboard.db"
    assert settings.origins == {"http://localhost:3000", "http://127.0.0.1:3000"}
    assert settings.hosts == {"localhost:3000", "127.0.0.1:3000"}
    assert (settings.cookie_name, settings.secure, settings.only_here) == ("__Host-lb", False, True)


def test_a_public_address_is_the_only_origin(monkeypatch):
    settings = told(monkeypatch, PUBLIC_URL="https://Board.Example.com/", LEADBOARD_HOST="0.0.0.0")
    settings.check_start()
    assert settings.origins == {"https://board.example.com"}
    assert "board.example.com" in settings.hosts
    assert (settings.secure, settings.only_here) == (True, False)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ({"LEADBOARD_HOST": "0.0.0.0"}, "PUBLIC_URL does not say"),
        ({"LEADBOARD_HOST": "::"}, "PUBLIC_URL does not say"),
        ({"LEADBOARD_HOST": "192.168.1.4"}, "PUBLIC_URL does not say"),
        ({"PUBLIC_URL": "http://board.example.com"}, "plain http"),
        ({"PUBLIC_URL": "https://board.example.com", "INSECURE_HTTP": "1"}, "weaken"),
        ({"REFLEX_ENV_MODE": "dev"}, "Development mode"),
        ({"LEADBOARD_SECRET_KEY": "changeme"}, "could be guessed"),
    ],
)
def test_an_unsafe_start_is_refused_with_what_to_do(monkeypatch, names, says):
    with pytest.raises(Refused, match=says):
        told(monkeypatch, **names).check_start()


def test_plain_http_is_possible_when_it_is_wanted_and_says_so_in_the_cookie(monkeypatch):
    settings = told(monkeypatch, PUBLIC_URL="http://board.lan", INSECURE_HTTP="1", LEADBOARD_HOST="0.0.0.0")
    settings.check_start()
    assert settings.cookie_name == "lb"


@pytest.mark.parametrize("url", ["board.example.com", "ftp://x", "https://x/path", "https://"])
def test_a_public_url_is_an_origin(monkeypatch, url):
    with pytest.raises(ValidationError, match="PUBLIC_URL is"):
        told(monkeypatch, PUBLIC_URL=url)


def test_another_database_is_refused(monkeypatch):
    with pytest.raises(ValidationError, match="sqlite"):
        told(monkeypatch, DATABASE_URL="mysql://x/y")


def test_the_role_that_needs_grants_is_the_one_that_does_not_migrate(monkeypatch):
    app = "postgres://app:p@db/leadboard"
    assert told(monkeypatch, DATABASE_URL=app).app_role == ""
    settings = told(monkeypatch, MIGRATION_DATABASE_URL="postgresql://owner:p@db/leadboard")
    assert settings.database == "postgresql+psycopg://app:p@db/leadboard"
    assert settings.app_role == "app"


def test_the_secret_is_made_once_for_its_owner_only_and_each_use_gets_another_key(tmp_path):
    first, second = Settings(), Settings()
    assert first.sub_key("gate") == second.sub_key("gate") != first.sub_key("other")
    kept = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) & 0o077 == 0
    assert [path.name for path in kept.parent.iterdir()] == ["secret.key"]


def test_a_secret_that_is_told_is_used_and_none_is_made(monkeypatch, tmp_path):
    settings = told(monkeypatch, LEADBOARD_SECRET_KEY="k" * 43)
    assert len(settings.sub_key("gate")) == 32
    assert not (tmp_path / "data").exists()


def test_secrets_are_not_in_what_settings_print(monkeypatch):
    settings = told(monkeypatch, LEADBOARD_SECRET_KEY="k" * 43, DATABASE_URL="postgresql://a:pass@db/x")
    assert "kkk" not in repr(settings)
    assert "pass@" not in repr(settings)


def test_the_set_up_code_can_be_typed_and_differs_between_installations(monkeypatch):
    one = Settings().set_up_code()
    assert re.fullmatch(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", one)
    assert told(monkeypatch, LEADBOARD_SECRET_KEY="k" * 43).set_up_code() != one


def test_the_caps_of_models_are_told_in_australian_dollars_and_kept_in_american_ones(monkeypatch):
    settings = told(monkeypatch, LEADBOARD_MODEL_CAP_AUD="31", LEADBOARD_AUD_PER_USD="1.55")
    assert settings.usd_micros(settings.model_cap_aud) == 20_000_000


def test_a_model_needs_a_price_that_is_known_or_told(monkeypatch):
    with pytest.raises(ValidationError, match="price is not known"):
        told(monkeypatch, LEADBOARD_MODEL="claude-next")
    settings = told(monkeypatch, LEADBOARD_MODEL="claude-next", LEADBOARD_MODEL_PRICES='{"claude-next": [1, 5]}')
    assert settings.prices["claude-next"].most(10, 10) == 63


@pytest.mark.parametrize("prices", ['{"x": [1]}', '{"x": [1, -5]}', '{"x": "cheap"}'])
def test_a_price_is_two_to_four_numbers(monkeypatch, prices):
    with pytest.raises(ValidationError):
        told(monkeypatch, LEADBOARD_MODEL_PRICES=prices)
