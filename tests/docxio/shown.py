"""What a reader of a file should see: a text as paragraphs and rows, spelled independently of the writer."""

import io
import zipfile

import lxml.etree

from app.text.composition import ComposedProvision, ComposedStates, ComposedText
from app.text.provision import STATES, TEXT, Kind, States
from app.text.runs import NOTE, plain

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADLINES = (Kind.TITLE, Kind.HEADING)


def listed(composition):
    """Return the (key, part) of each set of states that somebody joins or leaves: it prints one name a line.

    A row that some delete and others write into is printed as rival rows, whole.
    """
    found = set()
    for item in composition.items:
        if isinstance(item, ComposedProvision) and not is_disputed(item):
            for name, part in item.parts:
                if isinstance(part, ComposedStates) and (
                    part.joining or any(who != item.deleters for _, who in part.members)
                ):
                    found.add((item.provision.key, name))
            words = dict(item.parts).get(TEXT)
            beginning = isinstance(words, ComposedText) and [*words.gaps[0], *words.deleters[:1]]
            if STATES in dict(item.parts) and beginning and beginning != [item.deleters]:
                found.add((item.provision.key, STATES))
    return found


def headed(composition):
    """Return the keys of the base's tables that have headings, or are to have some.

    LibreOffice drops the row whose words some delete while others delete its table, whoever is rejected.
    """
    return {
        item.provision.key
        for item in composition.items
        if isinstance(item, ComposedProvision) and item.provision.kind is Kind.TABLE
        for name, part in item.parts
        if name in item.provision.columns and (any(part.gaps) or (part.tokens and not _goes(item, part)))
    }


def _goes(item, part):
    return bool(item.deleters) and all(part.deleters)


def is_disputed(item):
    names = {name for name, _ in item.parts}
    is_recut = TEXT in names and len(names) > 1
    return (
        item.provision.kind is Kind.ROW
        and bool(item.deleters or is_recut)
        and any(part.joining if isinstance(part, ComposedStates) else any(part.gaps) for _, part in item.parts)
    )


def spelled(runs):
    """Return the characters with their marks; breaks are line breaks, marks on white space do not show."""
    return [
        (character, 0 if character.isspace() or character == NOTE else int(marks))
        for written, marks in runs
        for character in written.replace("\u2028", "\n")
    ]


class Page:
    """How a text is to be seen on the pages of one paper.

    Args:
        lines: The sets of states that print one name a line.
        notes: Keys of the footnotes there are; others are not printed.
        referred: Keys of the footnotes that some text refers to; they stand at the foot.
        headed: Keys of the tables that have a row of headings, be it an empty one.
    """

    def __init__(self, sheet, lines=frozenset(), notes=(), referred=(), headed=()):
        self.headed = headed
        self.sheet, self.lines, self.notes, self.referred = sheet, lines, notes, referred

    def blocks(self, provisions):
        """Return ``("p", label, characters)`` and ``("row", label, cells that hold something)``."""
        found = []
        for one in provisions:
            if one.kind is Kind.ROW:
                cells = [self.content(one, name) for name in one.parts]
                found.append(("row", one.label, [cell for cell in cells if cell]))
            elif one.kind is Kind.TABLE:
                if TEXT in one.parts and plain(one.text):
                    found.append(("p", self.label(one), self.content(one, TEXT)))
                heads = [self.content(one, name) for name in one.parts if name in one.columns]
                found += [("row", "", [head for head in heads if head])] if any(heads) or one.key in self.headed else []
            elif one.kind is not Kind.FOOTNOTE or one.key not in self.referred:
                found.append(("p", self.label(one), self.paragraph(one)))
        return [(kind, label, body) for kind, label, body in found if kind == "row" or label or body]

    def label(self, one):
        between = " " if one.kind in HEADLINES and self.sheet.language != "zh" else "\t"
        return one.label + ("" if not one.label or one.label.endswith(("、", "）")) else between)

    def paragraph(self, one):
        states = self.content(one, STATES) if STATES in one.parts else []
        space = states and (one.key, STATES) not in self.lines and one.text and self.sheet.language != "zh"
        return states + (spelled([[" ", 0]]) if space else []) + self.content(one, TEXT)

    def content(self, one, name):
        content = one.parts.get(name, ())
        if not isinstance(content, States):
            return spelled((run.text, run.marks) for run in content if run.note is None or run.note in self.notes)
        call = self.sheet.full if name == STATES and one.kind is not Kind.ROW else self.sheet.short
        names = [call(code) for code in self.sheet.ordered(content.members)]
        if (one.key, name) in self.lines:
            return spelled((written + "\n", 0) for written in names)
        if call == self.sheet.full and names:
            return spelled([(self.sheet.joined_list(content.members), 0)])
        return spelled([(self.sheet.comma.join(names), 0)])


DUMMY = [("\u200d", 0)]
"""What LibreOffice itself puts into an empty row to have something to track, and leaves there."""


def seen(reply):
    """Return what LibreOffice answered as ``("p", characters)`` and ``("row", cells)``, without furniture."""
    found = []
    for kind, *rest in reply["blocks"]:
        if kind == "p" and not rest[0].startswith("Chapeau ") and rest[1]:
            found.append(("p", spelled(rest[1])))
        elif kind == "row" and not all(style.startswith("Chapeau ") for cell in rest[0] for style, _ in cell):
            cells = [spelled(_cell(cell)) for cell in rest[0]]
            found.append(("row", [cell for cell in cells if cell and cell != DUMMY]))
    return found


def _cell(paragraphs):
    runs = []
    for position, (_, own) in enumerate(paragraphs):
        runs += ([["\n", 0]] if position else []) + own
    return runs


def assert_shows(reply, blocks):
    """Assert that LibreOffice sees exactly *blocks*, which ``Page.blocks`` made."""
    actual = seen(reply)
    assert [(kind, said(body, kind)) for kind, body in actual] == [
        (kind, said(labelled(kind, label, body, actual[i][1] if i < len(actual) else ()), kind))
        for i, (kind, label, body) in enumerate(blocks)
    ]


def labelled(kind, label, body, actual):
    """Return the body with its label where the page has it: before a paragraph or merged row, or in a cell."""
    written = spelled([(label, 0)])
    if kind == "p":
        return written + body
    between = spelled([(" ", 0)]) if label and not label.endswith(("、", "）")) else []
    merged = [*written, *between, *(body[0] if body else [])]
    if len(body) == 1 and list(actual) == [merged]:
        return [merged]
    return [*body, written] if written in actual and written not in body else body


def said(body, kind):
    """Return a body in a form that reads well when a test fails; where columns stand is the page's affair."""
    if kind == "p":
        return "".join(character for character, _ in body), [marks for _, marks in body]
    return sorted(said(cell, "p") for cell in body)


def rows_of_comments(data):
    """Return for the words of each comment in a row how that row is changed: ``ins``, ``del`` or ``""``."""
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        document, comments = (lxml.etree.fromstring(found.read(f"word/{n}.xml")) for n in ("document", "comments"))
    words = {one.get(W + "id"): "".join(one.itertext()) for one in comments.iter(W + "comment")}
    changes = {}
    for reference in document.iter(W + "commentReference"):
        row = next(reference.iterancestors(W + "tr"), None)
        if row is not None:
            kinds = [one for one in ("ins", "del") if row.find(f"{W}trPr/{W}{one}") is not None]
            changes[words[reference.get(W + "id")]] = "".join(kinds)
    return changes
