"""The words of the annex that carries a side's proposals, per language. Source: the field's own letters."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class LetterWords:
    """Fixed words of one language; ``{…}`` are filled in.

    Attributes:
        draft: Mark of an annex of drafts.
        annex: Line of the annex mark.
        about: Which draft the proposals are on, and in which version.
        type_last: Whether the kind of paper stands after what it is about.
        side: Whose proposals, with the side as an adjective in the genitive; *delegation* with the state in the
            genitive, *plain* with its plain name, where that is not stored.
        nothing: What a side says that has none.
        in_text: Heading of proposals on the text in another language than the one negotiated in.
    """

    draft: str
    annex: str
    about: str
    version: str
    type_last: bool
    side: str
    delegation: str
    plain: str
    nothing: str
    in_text: Mapping[str, str]


LETTER_WORDS: Mapping[str, LetterWords] = {
    "ru": LetterWords(
        draft="Проект",
        annex="Приложение к ноте",
        about="к проекту документа «{title}»",
        version="({version})",
        type_last=False,
        side="Предложения {side} стороны",
        delegation="Предложения делегации {side}",
        plain="Предложения: {side}",
        nothing="Замечаний и предложений не имеем.",
        in_text={
            "ru": "К тексту на русском языке",
            "zh": "К тексту на китайском языке",
            "en": "К тексту на английском языке",
        },
    ),
    "zh": LetterWords(
        draft="草案",
        annex="照会附件",
        about="《{title}》",
        version="{version}",
        type_last=True,
        side="{side}修改意见",
        delegation="{side}修改意见",
        plain="{side}修改意见",
        nothing="无意见。",
        in_text={"ru": "关于俄文本", "zh": "关于中文本", "en": "关于英文本"},
    ),
    "en": LetterWords(
        draft="DRAFT",
        annex="Annex to the note",
        about="on the draft “{title}”",
        version="({version})",
        type_last=False,
        side="Proposals of the {side} side",
        delegation="Proposals of the delegation of {side}",
        plain="Proposals: {side}",
        nothing="No comments.",
        in_text={
            "ru": "On the text in Russian",
            "zh": "On the text in Chinese",
            "en": "On the text in English",
        },
    ),
}
"""Languages that papers are printed in."""
