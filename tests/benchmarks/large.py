"""A large draft, and what ten delegations wish of it: the same every time."""

import random
from collections.abc import Iterator

from app.text.changes import Change, Operation, Wish
from app.text.provision import TEXT, Edition, Kind, Provision
from app.text.retyping import retyped
from app.text.runs import plain, text

DELEGATIONS = ("BLR", "IND", "IRN", "KAZ", "CHN", "KGZ", "PAK", "RUS", "TJK", "UZB")
WISHES_EACH = 5
"""How many delegations amend each paragraph."""
TEXT_OF_A_PLAN = (
    "Стороны государства развивают сотрудничество в цифровой сфере обмениваются опытом создают условия для "
    "подготовки кадров проводят ежегодные консультации по вопросам искусственного интеллекта и безопасности "
    "данных с учётом национального законодательства международных обязательств и решений принятых ранее"
)
WORDS = TEXT_OF_A_PLAN.split()
READINGS = ("единой", "общедоступной", "совместной", "безопасной", "надёжной")


def large_edition(size: int, language: str = "ru") -> Edition:
    """Return a draft of *size* provisions: sections of nineteen numbered paragraphs of forty words."""
    chance = random.Random(size)
    provisions: list[Provision] = []
    section = ""
    for i in range(size):
        if i % 20 == 0:
            section = f"s{i}"
            words = text(f"РАЗДЕЛ {i // 20 + 1}")
            provisions.append(Provision(section, Kind.HEADING, 0, None, {TEXT: words}, f"{i // 20 + 1}."))
        else:
            words = text(" ".join(chance.choices(WORDS, k=40)) + ".")
            provisions.append(Provision(f"p{i}", Kind.PARAGRAPH, 1, section, {TEXT: words}, f"{i // 20 + 1}.{i % 20}."))
    return Edition(language, tuple(provisions))


def large_wishes(edition: Edition) -> Iterator[Wish]:
    """Yield five amendments of each provision: a word replaced, one inserted, some by two delegations alike."""
    chance = random.Random(len(edition.provisions))
    for i, provision in enumerate(edition.provisions):
        asked = ""
        for n in range(WISHES_EACH):
            if n != 3 or not asked:  # the fourth wishes what the third does
                asked = _asked(plain(provision.text), chance)
            parts = {TEXT: retyped(provision.text, asked)}
            yield Wish(DELEGATIONS[(i + 2 * n) % 10], Change(Operation.AMEND, provision.key, parts=parts))


def _asked(words: str, chance: random.Random) -> str:
    found = words.split(" ")
    found[chance.randrange(len(found))] = chance.choice(READINGS)
    found.insert(chance.randrange(len(found)), chance.choice(READINGS))
    return " ".join(found)
