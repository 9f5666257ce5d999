"""Which language a Word file is written in."""

from collections.abc import Iterable

from app.docxio.package import Package
from app.docxio.wordml import VAL, w
from app.text.provision import Provision, States
from app.text.runs import plain

_GUESSED_CHARS = 20_000
_NO_LETTERS = bytes(at for at in range(128) if not chr(at).isalpha())
_NOT_HAN = bytes(at for at in range(256) if not 0x4E <= at <= 0x9F)


def styled_language(package: Package) -> str:
    """Return the language the file's styles are written in, for numbers spelled as words."""
    styles = package.related("styles")
    spoken = None if styles is None else styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
    return "" if spoken is None else spoken.get(VAL, "")


def guess_language(provisions: Iterable[Provision]) -> str:
    """Return "zh", "ru" or "en" by the script that most letters are of; a Han character counts as three."""
    written = ""
    for provision in provisions:
        for content in provision.parts.values():
            if not isinstance(content, States):
                written += plain(content)
        if len(written) >= _GUESSED_CHARS:
            break
    written = written[:_GUESSED_CHARS]
    # In UTF-16 the first byte of a character tells its block, but for the Latin letters among the ASCII ones.
    blocks = written.encode("utf-16-be", "surrogatepass")[::2]
    counts = {
        "en": len(written.encode("ascii", "ignore").translate(None, _NO_LETTERS)),
        "ru": blocks.count(0x04),
        "zh": 3 * len(blocks.translate(None, _NOT_HAN)),
    }
    return max(("en", "ru", "zh"), key=lambda language: counts[language])
