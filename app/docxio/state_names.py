"""Names of states and groups found in a text, whatever the language."""

import re
from collections.abc import Collection, Mapping

from app.text.provision import States
from app.text.runs import Run, Text, plain, text
from app.text.tokens import HAN

_SEPARATOR = r"(?:[\s,;，、；/]|\b(?:и|and)\b|[和及与以])"
_FULL_HAN = re.compile(rf"[{HAN}]*(?:共和国|联邦|王国|[{HAN}]{{3,}}国)$")
_LEAST_JOINED = 3


class StateNames:
    """The names under which a body's states and groups may be written.

    Args:
        names: Code to names: short, full, groups, in any language.
    """

    def __init__(self, names: Mapping[str, Collection[str]]) -> None:
        self._codes = {_folded(name): code for code, written in names.items() for name in written if name.strip()}
        every = sorted(
            {_without_article(name) for written in names.values() for name in written if name.strip()},
            key=len,
            reverse=True,
        )
        name = "|".join(_pattern(name) for name in every) or r"(?!)"
        full = "|".join(_pattern(name) for name in every if _is_full(name)) or r"(?!)"
        self._name = re.compile(rf"\s*(?:the\s+)?({name})(?=\W|$|[{HAN}])", re.IGNORECASE)
        self._full = re.compile(rf"\s*(?:[Tt]he\s+)?({full})(?=\W|$|[{HAN}])")
        self._separator = re.compile(rf"{_SEPARATOR}*")

    def in_cell(self, content: Text) -> States | None:
        """Return the set a whole cell names, or None where any piece of it is something else."""
        if not self._codes or any(run.note for run in content):
            return None
        written = plain(content).strip().rstrip(".;,，；。")
        codes: set[str] = set()
        at = 0
        while at < len(written):
            found = self._name.match(written, at)
            if not found:
                return None
            codes.add(self._codes[_folded(found[1])])
            gap = self._separator.match(written, found.end())
            at = gap.end() if gap else found.end()
            if at == found.end() and at < len(written):
                return None
        return States(frozenset(codes)) if codes else None

    def joining(self, content: Text) -> tuple[States, Text] | None:
        """Return the states whose full names a paragraph begins with, and the words that follow them.

        At least three full names; a list that goes on with something else ("… and observers") is no such list.
        """
        if not self._codes:
            return None
        written = plain(content)
        codes: list[str] = []
        at = end = 0
        while found := self._full.match(written, at):
            codes.append(self._codes[_folded(found[1])])
            end = found.end()
            gap = self._separator.match(written, end)
            at = gap.end() if gap else end
        if len(set(codes)) < _LEAST_JOINED or len(set(codes)) != len(codes) or written[end:at].strip():
            return None
        rest = text(*_from(content, at))
        return (States(frozenset(codes)), rest) if rest else None


def _is_full(name: str) -> bool:
    """Whether a name is a state's full name: several words with a capital, or Chinese with its form of state."""
    words = name.split()
    return bool(_FULL_HAN.match(name.strip())) or (len(words) > 1 and words[0][:1].isupper())


def _without_article(name: str) -> str:
    return re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)


def _folded(name: str) -> str:
    return " ".join(
        re.sub("[‐‑–—-]", "-", _without_article(name).replace("’", "'")).casefold().replace("ё", "е").split()
    )


def _pattern(name: str) -> str:
    """Return a pattern for a name: spaces of any kind, ё and е, hyphens of any kind count as equal."""
    words = [re.escape(re.sub("[‐‑–—-]", "-", word)).replace(r"\-", "[‐‑–—-]") for word in name.split()]
    words = [re.sub("['’]", "['’]", word) for word in words]
    return r"\s+".join(re.sub("[её]", "[её]", re.sub("[ЕЁ]", "[ЕЁ]", word)) for word in words)


def _from(content: Text, at: int) -> list[Run]:
    rest: list[Run] = []
    passed = 0
    for run in content:
        if passed + len(run.text) > at:
            rest.append(run._replace(text=run.text[max(0, at - passed) :]))
        passed += len(run.text)
    return rest
