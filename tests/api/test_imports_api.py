"""Files over HTTP: what is taken, what is refused and leaves nothing behind, and the way back of failed rows."""

import io
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from leadboard.actions import imports as actions
from leadboard.actions import people
from leadboard.actions.people import NewPerson
from leadboard.actions.sign_in import Caller, SignedIn
from leadboard.api.app import build_api
from leadboard.api.gate import Gate
from leadboard.api.imports import import_routes
from leadboard.api.lines import Limits, Lines
from leadboard.api.uploads import receive
from leadboard.domain.importing import UPLOADS_A_DAY, upload_sentence
from leadboard.domain.tabular import preview
from leadboard.engine.imports import Importing
from leadboard.settings import Settings
from leadboard.store import db, imports
from leadboard.store.tables import ImportJob
from tests.api.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("cheap_hashes")

LIST = 'Company,Website,City\nAcme,acme.com,Berlin\nAB,,Bonn\nBiotech,,"=cmd()"\n'
MB = 1_000_000


class Browser:
    """Somebody at our own pages, in front of the gate."""

    def __init__(self, settings: Settings, opened: SignedIn, slug: str) -> None:
        gate = Gate(build_api(settings, [import_routes(settings)]), settings, Lines(Limits()))
        self.settings, self.opened, self.slug = settings, opened, slug
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url=settings.address)

    async def ask(
        self, method: str, path: str, *, signed: bool = True, origin: bool = True, **options
    ) -> httpx.Response:
        headers = {"origin": self.settings.address} if origin else {}
        if signed:
            headers["cookie"] = f"{self.settings.cookie_name}={self.opened.token}"
        return await self._client.request(method, path, headers=headers | options.pop("headers", {}), **options)

    async def upload(self, content: bytes, name: str = "list.csv", **options) -> httpx.Response:
        return await self.ask("POST", f"/imports/{self.slug}", files={"file": (name, content)}, **options)

    async def job(self, answer: httpx.Response) -> ImportJob:
        """The import that an upload led to."""
        return await actions.job(self.opened.me, self.slug, answer.headers["location"].rpartition("/")[2])

    @property
    def kept(self) -> list[Path]:
        """The files of uploads."""
        folder = self.settings.data_dir / "uploads"
        return list(folder.iterdir()) if folder.exists() else []


@pytest.fixture
async def ada(database, settings: Settings) -> Browser:
    code = settings.set_up_code()
    opened, slug = await people.set_up(code, code, NewPerson("ada@north.example", PASSWORD), "North", Caller())
    return Browser(settings, opened, slug)


async def test_an_upload_is_kept_under_a_name_of_ours_and_leads_to_its_page(ada: Browser):
    answer = await ada.upload(LIST.encode(), "..\\..//etc/\x1bpasswd.csv")

    job = await ada.job(answer)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/w/north/import/{job.id}")
    assert (job.file_name, job.status, job.total, job.size) == ("passwd.csv", "uploaded", 3, len(LIST))
    assert job.mapping == {"Company": "company_name", "Website": "website", "City": "city"}
    [path] = ada.kept
    assert (str(path), stat.S_IMODE(path.stat().st_mode), path.read_text()) == (job.path, 0o600, LIST)
    assert "passwd" not in path.name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04" + b"x" * 500, "zip"),
        (b"a,b\n1,\0\n", "NUL"),
        (b"", "empty"),
        ((",".join(f"c{n}" for n in range(10_000)) + "\n" + "1," * 9_999 + "1\n").encode(), "columns"),
    ],
)
async def test_a_file_that_is_no_table_is_refused_with_a_sentence_and_not_kept(ada: Browser, content, reason):
    job = await ada.job(await ada.upload(content))

    assert job.status == "refused"
    assert reason in job.error
    assert ada.kept == []


async def test_more_than_100_mb_are_refused_while_they_arrive(ada: Browser):
    async def endless(megabytes: int) -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range(megabytes):
            yield b"a" * MB

    multipart = {"content-type": "multipart/form-data; boundary=x"}
    ours = await ada.ask("POST", "/imports/north", headers=multipart, content=endless(101))
    beyond = await ada.ask("POST", "/imports/north", headers=multipart | {"content-length": "200000000"}, content=b"")

    assert ours.headers["location"] == "/w/north/import?error=too_large"
    assert beyond.status_code == 413
    assert ada.kept == []


async def test_forms_without_exactly_one_file_are_refused(ada: Browser):
    two = await ada.ask("POST", "/imports/north", files=[("file", ("a", LIST)), ("file", ("b", LIST))])
    none = await ada.ask("POST", "/imports/north", data={"file": "text"})
    torn = await ada.ask(
        "POST",
        "/imports/north",
        headers={"content-type": "multipart/form-data; boundary=x"},
        content=b"--x\r\nnonsense",
    )

    assert [each.headers["location"].partition("=")[2] for each in (two, none, torn)] == [
        "several",
        "no_file",
        "no_file",
    ]
    assert ada.kept == []


async def test_an_upload_that_breaks_off_leaves_nothing_behind(tmp_path: Path):
    async def broken() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nName\n'
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await receive("multipart/form-data; boundary=x", broken(), tmp_path)
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240


async def test_only_members_at_our_own_pages_may_upload(ada: Browser):
    foreign = await ada.upload(LIST.encode(), origin=False)
    nobody = await ada.upload(LIST.encode(), signed=False)
    elsewhere = await ada.ask("POST", "/imports/south", files={"file": ("a", LIST)})

    assert (foreign.status_code, elsewhere.status_code) == (403, 404)
    assert nobody.headers["location"].startswith("/sign-in?")
    assert ada.kept == []


async def test_the_twenty_first_file_of_a_day_is_refused_refused_ones_counted(ada: Browser):
    for _ in range(UPLOADS_A_DAY):
        assert (await ada.upload(b"PK\x03\x04")).status_code == 303

    answer = await ada.upload(LIST.encode())

    assert answer.headers["location"] == "/w/north/import?error=quota"
    assert ada.kept == []


async def test_failed_rows_come_back_with_their_reason_and_can_be_imported_again(ada: Browser):
    first = await imported(ada, await ada.upload(LIST.encode()))
    assert (first.created, first.failed) == (1, 2)

    answer = await ada.ask("GET", f"/imports/north/{first.id}/failed.csv")

    assert answer.headers["content-disposition"] == 'attachment; filename="failed rows.csv"'
    assert "no-store" in answer.headers["cache-control"]
    seen = preview(io.BytesIO(answer.content), "failed rows.csv")
    assert seen.header == ("Company", "Website", "City", actions.REASON)
    assert [row[:3] for row in seen.rows] == [("AB", "", "Bonn"), ("Biotech", "", "=cmd()")]
    assert b'"\'=cmd()"' in answer.content
    assert actions.REASON not in seen.mapping

    fixed = answer.content.replace(b'"AB"', b'"ABC"')
    second = await imported(ada, await ada.upload(fixed))
    assert (second.created, second.failed) == (1, 1)
    again = await ada.ask("GET", f"/imports/north/{second.id}/failed.csv")
    assert preview(io.BytesIO(again.content), "").header == ("Company", "Website", "City", actions.REASON)


async def imported(ada: Browser, answer: httpx.Response) -> ImportJob:
    """The upload, imported as its workflow does."""
    job = await ada.job(answer)
    async with db.begin(job.workspace_id) as tx:
        (await imports.get(tx, job.id)).status = "requested"
    importing = Importing(job.workspace_id, job.id)
    while await importing.rows():
        pass
    importing.close()
    return await ada.job(answer)


async def test_failed_rows_of_another_workspace_are_not_found(ada: Browser):
    job = await ada.job(await ada.upload(LIST.encode()))

    assert (await ada.ask("GET", f"/imports/north/{job.id}/failed.csv", signed=False)).status_code == 401
    for path in (f"/imports/south/{job.id}/failed.csv", "/imports/north/nonsense/failed.csv"):
        assert (await ada.ask("GET", path)).status_code == 404


def test_an_address_can_put_no_words_into_our_mouth():
    assert upload_sentence("call 555 0100 now") == ""
