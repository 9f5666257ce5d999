"""What ministries write into the column of wishes that is no wording: formulas of the trade, questions, a nod."""

import re
from collections.abc import Mapping
from dataclasses import replace

from app.docxio.state_names import StateNames
from app.text.changes import Change, Operation
from app.text.formulas.letters import GRAMMARS, guess_language, read_letter
from app.text.provision import Edition, Kind, Provision
from app.text.tokens import HAN

_QUOTE = re.compile('[«»“”„"「」『』]')
_FORMULA = re.compile(
    r"(?:заменить|исключить|удалить|дополнить|добавить|изложить|после\s+слов\w*|перед\s+слов\w*|слов\w{0,3}|цифр\w{1,2}|"
    r"replace|delete|insert|add|(?:to\s+)?read|after\s+|before\s+|the\s+words?|删去|删除|改为|增加|增列|替换|将|在|把|[“\"「][^”\"」]+[”\"」](?:改为|替换))"
    r"(?:\W|(?<=[\u4e00-\u9fff]))",
    re.IGNORECASE,
)
"""How a formula begins; a wording that begins so says the words of the provision as well."""
_PLACED = re.compile(
    r"(?:в|по|из)\s+(?:пункт|подпункт|абзац|строк|граф|раздел|всему)|in\s+(?:paragraph|item|row)|第", re.I
)
_PLACES: Mapping[str, str] = {"ru": "Пункт 1: ", "zh": "第1段：", "en": "Paragraph 1: "}
_WORDS = re.compile(rf"[{HAN}]|[^\W\d_{HAN}]{{4,}}")


def changes_in(said: str, base: Provision, element: str, edition: Edition, states: StateNames) -> tuple[Change, ...]:
    """Return the changes that a formula in the row of a provision asks for; none where it is none, or not understood.

    Args:
        element: What the provision is called in the row.
    """
    for text, words in ((edition, f"{element}: {said}"), _alone(base, said, edition.language), (edition, said)):
        found = read_letter(words, text, language=edition.language, names=states, minted_from=base.key)
        asked = tuple(one.change for one in found.asked if not one.comment)
        if text is not edition and any(change.operation not in (Operation.AMEND, Operation.DELETE) for change in asked):
            continue  # a place in the text alone is none in the whole
        if asked and len(asked) == len(found.asked) and not found.not_understood and not found.candidates:
            return asked
    return ()


def is_formula(said: str, base: str) -> bool:
    """Whether words begin as a formula does, and are not simply the wording of a provision that reads *base*."""
    begins = bool(_FORMULA.match(said)) or (bool(_PLACED.match(said)) and bool(_QUOTE.search(said)))
    return begins and (bool(_QUOTE.search(said)) or not is_worded(said, base))


def is_worded(said: str, base: str) -> bool:
    """Whether most words of *said* are those of a provision that reads *base*: it is worded anew."""
    return _shared(said, base) >= 0.5


def is_remark(said: str, base: str) -> bool:
    """Whether words say something about a provision that reads *base*: a question, or no word of it at all."""
    if said.rstrip().endswith(("?", "？")) or GRAMMARS[guess_language(said)].question.match(said):
        return True
    return len(_WORDS.findall(base)) >= 4 and not _shared(said, base) and 2 * len(said) < len(base)


def _shared(said: str, base: str) -> float:
    """Return which part of the words of *said* the base has, by their beginnings."""
    mine, theirs = ({word.casefold()[:5] for word in _WORDS.findall(words)} for words in (said, base))
    return len(mine & theirs) / max(len(mine), 1)


def _alone(base: Provision, said: str, language: str) -> tuple[Edition, str]:
    """Return a text of a provision alone, with a number that its formulas can name, and a formula on it."""
    kind = base.kind if base.kind is Kind.ROW else Kind.PARAGRAPH
    alone = replace(base, kind=kind, label="1.", parent=None, level=0)
    return Edition(language, (alone,)), f"{_PLACES[language]}{said}"
