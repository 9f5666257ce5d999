"""What a new body begins with; its officers change all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.negotiation.vocabulary import DelegationKind
from app.services.bodies import NewDelegation


@dataclass(frozen=True)
class Preset:
    """Rules under a name."""

    label: Any
    rules: Mapping[str, Any]


PRESETS = {
    "sco": Preset(
        _l("the SCO: fixed order of states, holders named in brackets, no symbols"),
        {
            "order_of_states": "fixed",
            "notation": "holder",
            "suffix": "word",
            "symbol": "",
            "silence": False,
            "groups": {
                "PARTIES": {"ru": "Стороны", "zh": "各方", "en": "the Sides"},
                "INTERESTED": {"ru": "заинтересованные Стороны", "zh": "感兴趣的成员国", "en": "interested Sides"},
            },
            "handling_marks": [
                {"ru": "Ограниченного распространения", "zh": "内部资料", "en": "Limited distribution"},
                {"ru": "Для служебного пользования", "zh": "内部资料", "en": "For official use"},
            ],
        },
    ),
    "un": Preset(
        _l("the United Nations: alphabet of the page's language, brackets without holders, symbols with Rev.1"),
        {
            "order_of_states": "alphabet",
            "notation": "anonymous",
            "suffix": "word",
            "symbol": "{symbol}/Rev.{number}",
            "silence": False,
            "groups": {"PARTIES": {"ru": "государства-члены", "zh": "会员国", "en": "Member States"}},
            "handling_marks": [{"ru": "Для ограниченного распространения", "zh": "限制分发", "en": "Limited"}],
        },
    ),
}


def rules_of(preset: str) -> Mapping[str, Any]:
    """Return the rules of a preset."""
    return PRESETS[preset].rules


def desks() -> tuple[NewDelegation, ...]:
    """Return the desks that every body has."""
    chair = {"ru": "Председатель", "zh": "主席", "en": "Chair"}
    secretariat = {"ru": "Секретариат", "zh": "秘书处", "en": "Secretariat"}
    return (
        NewDelegation("CHR", DelegationKind.CHAIR, {language: {"short": name} for language, name in chair.items()}),
        NewDelegation(
            "SEC", DelegationKind.SECRETARIAT, {language: {"short": name} for language, name in secretariat.items()}
        ),
    )
