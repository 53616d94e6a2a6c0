"""The evidence check on sentences of real websites: what changes a fact of one is seen, what repeats it is not."""

import random
import re
import tarfile
from collections.abc import Callable
from functools import cache

from leadboard.domain.evidence import Kept, Sentence, Snippet, check
from leadboard.domain.site import read_page
from leadboard.domain.site.sentences import sentences
from tests.conftest import need

PAGES = 25
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]{3,}")


@cache
def said() -> tuple[str, ...]:
    """Sentences of real websites, of a length a model writes."""
    found: list[str] = []
    with tarfile.open(need("company_pages") / "pages.tar.gz") as pages:
        members = sorted((one for one in pages.getmembers() if one.isfile()), key=lambda one: one.name)
        for member in random.Random(3).sample(members, PAGES):
            stored = pages.extractfile(member)
            assert stored is not None
            text = read_page(stored.read(), "https://x.example/").text
            found += [one for one in sentences(text) if 6 <= len(one.split()) <= 40]
    return tuple(dict.fromkeys(found))


def kept(sentence: str, evidence: str) -> bool:
    verdict = check([Sentence(sentence, ("s",))], [Snippet("s", evidence, "https://x.example/")]).verdicts[0]
    return isinstance(verdict, Kept)


def changed(pattern: re.Pattern[str], to: Callable[[str], str]) -> list[tuple[str, str]]:
    """Sentences with one fact changed, and as they were."""
    return [(pattern.sub(lambda found: to(found[0]), one, count=1), one) for one in said() if pattern.search(one)]


def test_what_is_repeated_word_for_word_is_kept():
    same = [kept(one, one) for one in said()]

    assert len(same) > 200
    assert sum(same) / len(same) > 0.97


def test_every_number_that_was_changed_is_seen():
    pairs = changed(NUMBER, lambda digits: str(int(re.sub(r"\D", "", digits)) + 7))

    assert len(pairs) > 40
    assert [new for new, old in pairs if kept(new, old)] == []


def test_every_name_that_was_changed_is_seen():
    pairs = changed(NAME, lambda _: "Nakamura")

    assert len(pairs) > 100
    assert [new for new, old in pairs if kept(new, old)] == []
