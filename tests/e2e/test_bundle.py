"""What anybody can download holds nothing of what the installation that built it knows."""

from tests.e2e.server import Server
from tests.support import bundle

ON_A_PAGE = b"This page closes for good once you are done."


def test_no_built_file_holds_a_row_or_a_secret(server: Server) -> None:
    built = dict(bundle.files())

    for kind in (".js", ".js.gz", ".html", ".html.gz", ".css"):
        assert [name for name in built if name.endswith(kind)], kind
    assert [name for name, content in built.items() if ON_A_PAGE in content and name.endswith(".gz")]
    told = {
        name for name, content in built.items() for kept in (bundle.MARKER, bundle.SECRET) if kept.encode() in content
    }
    assert not told
