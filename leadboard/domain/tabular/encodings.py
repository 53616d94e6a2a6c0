"""The encoding of bytes that do not say it: UTF-8 proves itself, every other one has to read like a language."""

import codecs
import re
import unicodedata
from itertools import pairwise

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Longer marks first: UTF-32's begins with UTF-16's."""

_SINGLE_BYTE = (
    *(
        "iso-8859-1",
        "cp1252",
        "iso-8859-15",
        "mac_roman",
        "iso-8859-2",
        "cp1250",
        "iso-8859-7",
        "cp1253",
        "cp1255",
        "cp1251",
    ),
    *("koi8-r", "iso-8859-5", "mac_cyrillic", "iso-8859-9", "cp1254", "cp1257", "cp1256", "cp850", "cp852"),
    *("cp437", "cp866"),
)
"""The likelier first: the first of equals wins."""
_MULTI_BYTE = ["cp932", "gb18030", "big5", "euc_kr", "euc_jp"]
_NAMES = {"cp932": "shift_jis", "euc_kr": "euc-kr", "euc_jp": "euc-jp"}

_ALPHABETS = tuple(
    (frozenset(letters), 0.95 if "þ" in letters else 1.0)  # as many bytes are Turkish, which far more people write
    for letters in (
        "éèêëàâçùûüîïôœæÿ«»°", "äöüßé", "áéíóúñüªº¿¡", "áâãàçéêíóôõúüªº", "àèéìòù", "åäöé", "æøåéö", "éëïöüèáó",
        "áčďéěíňóřšťúůýž", "ąćęłńóśźż", "áéíóöőúüű", "çğıöşüiâ", "ăâîșțşţ", "čćđšž", "áäčďéíĺľňóôŕšťúýž",
        "ąčęėįšųūž", "āčēģīķļņšūž", "õäöüšž", "þæðáéíóúýö", "áéíóúýðæöþ",
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ",
    )
)  # fmt: skip
_SIGNS = frozenset("€£©®™°–—“”‘’„‚«»…•·§¿¡ªº½¼¾²³µ×ø\u00a0№")
_WORD = re.compile(r"[^\W\d_]+")
_SIGN_INSIDE = re.compile(r"(?<=[^\W\d_])[^\w\s.'’\-–,;:/&@+\"\x00-\x7f](?=[^\W\d_])")
_VOWELS = frozenset("αεηιουωάέήίόύώϊϋΐΰаеёиоуыэюяіїєў")
_FINAL = frozenset("ςךםןףץ")
"""Letters that only end a word."""
_GOOD_ENOUGH = 0.6


def marked(head: bytes) -> str:
    """The encoding a byte order mark names, or an empty string."""
    return next((name for mark, name in BOMS if head.startswith(mark)), "")


def wide(head: bytes) -> str:
    """UTF-16 without a mark: every other byte of mostly Western text is NUL. Empty when it is not that."""
    sample = head[:4096]
    half = len(sample) // 2
    if half < 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.1 else ""


def guess(lines: bytes, has_controls: bool) -> str:
    """The encoding of lines that are not UTF-8. `has_controls`: whether bytes 80 to 9F occur anywhere in the file."""
    best, score = "cp1252", -1.0
    for name in _SINGLE_BYTE:
        if has_controls and name.startswith("iso-8859"):
            continue
        try:
            text = lines.decode(name)
        except UnicodeDecodeError:
            continue
        likeness = _likeness(text)
        if likeness > score + 0.01:
            best, score = name, likeness
    if score < _GOOD_ENOUGH:
        many = from_bytes(lines, cp_isolation=_MULTI_BYTE).best()
        if many and _is_east_asian(str(many)):
            return _NAMES.get(many.encoding, many.encoding)
    return best if score > 0 else "cp1252"


def mostly_utf8(lines: bytes) -> bool:
    """Whether lines that are not all UTF-8 are so nearly always: a few bytes of another export got among them."""
    text = lines.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - bad >= 4 * bad


def _likeness(text: str) -> float:
    """How much the accents read like those of one language, from about -1 to 1."""
    others = [char for char in text if char > "\x7f"]
    if not others:
        return 0.0
    words = [found[0] for found in _WORD.finditer(text)]
    letters = [char.lower() for word in words if len(word) > 1 for char in word if char > "\x7f"]
    of_one = max(sum(char in alphabet for char in letters) * weight for alphabet, weight in _ALPHABETS)
    signs = sum(char in _SIGNS for char in others if not char.isalpha() or char in "ªº")
    alone = sum(len(word) == 1 and word > "\x7f" for word in words)
    odd = sum(sum(char > "\x7f" for char in word) for word in words if _is_odd(word))
    controls = sum(unicodedata.category(char) in ("Cc", "Co", "Cn") for char in others)
    return (of_one + signs + 0.3 * alone - 1.5 * odd - 2 * controls - len(_SIGN_INSIDE.findall(text))) / len(others)


def _is_odd(word: str) -> bool:
    """A word hardly any language writes: a capital after a small letter, two alphabets in one, no vowels, or nearly
    no plain Latin letter."""
    other = [char for char in word if char > "\x7f"]
    if not other:
        return False
    scripts = {unicodedata.name(char, "?").split()[0] for char in word}
    if len(scripts) > 1 or any(char in _FINAL for char in word[:-1]) or (not word.isupper() and _turns(word)):
        return True
    if scripts == {"LATIN"}:
        return len(word) > 2 and len(other) * 3 > len(word) * 2
    return bool(scripts & {"GREEK", "CYRILLIC"}) and len(word) > 2 and not any(char in _VOWELS for char in word.lower())


def _turns(word: str) -> bool:
    """Whether a small letter is followed by a capital that is not plain ASCII."""
    return any(one.islower() and two.isupper() and (two > "\x7f" or one > "\x7f") for one, two in pairwise(word))


def _is_east_asian(text: str) -> bool:
    wide_ones = [char for char in text if char > "\x7f"]
    known = sum(
        "\u3000" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" or "\uff00" <= char <= "\uffef"
        for char in wide_ones
    )
    return bool(wide_ones) and known > 0.9 * len(wide_ones)
