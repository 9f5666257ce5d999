"""Every text of the interface has its Russian and Chinese, and no catalogue holds what is gone."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from app.web.catalogues import TRANSLATIONS, compile_stale
from app.web.languages import LOCALES

ROOT = Path(__file__).parents[2]
TRANSLATED = sorted(set(LOCALES.values()) - {LOCALES["en"]})
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "_l": None}


@pytest.fixture(scope="module")
def texts():
    """The texts that code and templates hold: singular, or singular and plural."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        mappings = tomllib.load(file)["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {m["pattern"]: {k: v for k, v in m.items() if k not in ("pattern", "method")} for m in mappings}
    found = extract_from_dir(str(ROOT / "app"), methods, options, keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


def catalogue(locale):
    with (TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=locale)


@pytest.mark.parametrize("locale", TRANSLATED)
def test_catalogues_hold_every_text_and_no_other(texts, locale):
    held = {tuple(m.id) if m.pluralizable else m.id for m in catalogue(locale) if m.id}

    assert {"missing": sorted(map(str, texts - held)), "gone": sorted(map(str, held - texts))} == {
        "missing": [],
        "gone": [],
    }


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_text_is_translated(locale):
    empty = [m.id for m in catalogue(locale) if m.id and (m.fuzzy or not _strings(m) or not all(_strings(m)))]

    assert empty == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_placeholders_are_kept(locale):
    for message in catalogue(locale):
        if message.id:
            wanted = set(PLACEHOLDER.findall(message.id[-1] if message.pluralizable else message.id))
            for string in _strings(message):
                assert set(PLACEHOLDER.findall(string)) <= wanted, message.id
                assert set(PLACEHOLDER.findall(string)) == wanted or message.pluralizable, message.id


def test_a_changed_catalogue_is_compiled_anew(tmp_path):
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "messages.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Home"\nmsgstr "Главная"\n'
    )

    assert compile_stale(tmp_path) == (source,)
    assert compile_stale(tmp_path) == ()
    assert [file.name for file in folder.glob("*.mo")] == ["messages.mo"]


def _strings(message):
    return message.string if message.pluralizable else (message.string,)
