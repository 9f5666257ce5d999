"""The half of the LibreOffice reader that runs in the system's Python, where ``uno`` is.

Started by ``tests/lo_reader.py``; reads one JSON request a line on standard input, answers one line each:
``{"path": …, "wish": author or null, "accept": true, false or null}``. Macros are off, the profile is thrown away.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK

START_SECONDS = 90
DIRECT = 0


def property_of(name, value):
    """Return a UNO property."""
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def each(access):
    """Yield the elements of a UNO enumeration."""
    elements = access.createEnumeration()
    while elements.hasMoreElements():
        yield elements.nextElement()


class Office:
    """One soffice of our own on a private pipe."""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="lo_reader_")
        pipe = "lo_reader_" + uuid.uuid4().hex
        self.process = subprocess.Popen(
            [
                *("soffice", "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault"),
                *("--nofirststartwizard", f"-env:UserInstallation=file://{self.profile}"),
                f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        context = uno.getComponentContext()
        resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise
                time.sleep(0.05)
        services = context.ServiceManager
        self.desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        return self

    def __exit__(self, *_):
        try:
            self.desktop.terminate()
        except Exception:
            self.process.kill()
        self.process.wait(20)
        shutil.rmtree(self.profile, ignore_errors=True)

    def answer(self, request):
        """Return what a file says after the changes asked for are accepted or rejected."""
        document = self.desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(str(Path(request["path"]).resolve())),
            "_blank",
            0,
            (property_of("Hidden", True), property_of("MacroExecutionMode", 0), property_of("UpdateDocMode", 0)),
        )
        if document is None:
            return {"error": "cannot load"}
        try:
            authors = sorted({author_of(change) for change in each(document.Redlines)})
            comments = [] if request.get("brief") else comments_of(document)
            if request.get("wish") is not None:
                self.wish(document, request["wish"])
            elif request.get("accept") is not None:
                which = "Accept" if request["accept"] else "Reject"
                self.dispatch(document, f".uno:{which}AllTrackedChanges")
            left = sum(1 for _ in each(document.Redlines))
            kinds = (document.Footnotes, document.Endnotes)
            notes = [kind.getByIndex(i) for kind in kinds for i in range(kind.getCount())]
            return {
                "authors": authors,
                "comments": comments,
                "left": left,
                "blocks": blocks(document.Text),
                "labels": labels(document.Text),
                "cell_labels": cell_labels(document.Text),
                "notes": [paragraphs(note) for note in notes],
            }
        finally:
            document.close(True)

    def edited(self, request):
        """Edit a file as a person does, store it as Word's, and return the name of the new file."""
        document = self.desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(request["path"]), "_blank", 0, (property_of("Hidden", True),)
        )
        try:
            document.RecordChanges = request["tracked"]
            for what, *words in request["edits"]:
                getattr(Hand(document, self.dispatcher), what)(*words)
            stored = request["path"] + ".edited.docx"
            document.storeToURL(
                uno.systemPathToFileUrl(stored),
                (property_of("FilterName", "MS Word 2007 XML"), property_of("Overwrite", True)),
            )
            return {"stored": stored}
        finally:
            document.close(True)

    def dispatch(self, document, command):
        """Run a command on a document."""
        self.dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())

    def wish(self, document, sponsor):
        """Reject what *sponsor* does not sponsor, then accept the rest, one change at a time."""
        for mine, command in ((False, ".uno:RejectTrackedChange"), (True, ".uno:AcceptTrackedChange")):
            while True:
                changes = list(each(document.Redlines))
                waiting = [one for one in changes if (sponsor in author_of(one).split("; ")) == mine]
                if not waiting:
                    break
                cursor = document.CurrentController.ViewCursor
                cursor.gotoRange(waiting[0].getPropertyValue("RedlineStart"), False)
                cursor.gotoRange(waiting[0].getPropertyValue("RedlineEnd"), True)
                self.dispatch(document, command)
                if sum(1 for _ in each(document.Redlines)) == len(changes):
                    raise RuntimeError(f"stuck at a change by {author_of(waiting[0])}")


class Hand:
    """Does to a document what a person does by hand; places are named by words that stand there once."""

    def __init__(self, document, dispatcher):
        self.document = document
        self.dispatcher = dispatcher

    def reword(self, old, new):
        """Put words in the place of others."""
        self.at(old).setString(new)

    def split(self, before):
        """Press Enter after some words."""
        cursor = self.at(before)
        cursor.collapseToEnd()
        cursor.getText().insertControlCharacter(cursor, PARAGRAPH_BREAK, False)

    def strike(self, words):
        """Delete the paragraph that holds the words."""
        self.whole(words).setString("")

    def add(self, words, new):
        """Put a paragraph in after the one that holds the words."""
        cursor = self.at(words)
        cursor.gotoEndOfParagraph(False)
        cursor.getText().insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        cursor.getText().insertString(cursor, new, False)

    def move(self, words, before):
        """Cut the paragraph that holds the words, and paste it before another."""
        controller = self.document.CurrentController
        controller.select(self.whole(words))
        cut = controller.getTransferable()
        self.whole(words).setString("")
        place = self.at(before)
        place.gotoStartOfParagraph(False)
        controller.ViewCursor.gotoRange(place, False)
        controller.insertTransferable(cut)

    def add_row(self, words, *cells):
        """Put a row in after the one that holds the words, then write into its cells."""
        cursor = self.at(words)
        self.in_row(cursor, ".uno:InsertRowsAfter")
        number = int(cursor.Cell.CellName[1:]) + 1
        for column, new in zip("ABCDEFG", cells, strict=False):
            cell = cursor.TextTable.getCellByName(f"{column}{number}")
            end = cell.createTextCursor()
            end.gotoEnd(False)
            cell.insertString(end, new, False)

    def strike_row(self, words, below):
        """Delete the row that stands so many rows *below* the one that holds the words."""
        cursor = self.at(words)
        number = int(cursor.Cell.CellName[1:]) + below
        self.in_row(cursor.TextTable.getCellByName(f"A{number}").createTextCursor(), ".uno:DeleteRows")

    def in_row(self, cursor, command):
        """Run a command on the row that a cursor stands in."""
        controller = self.document.CurrentController
        controller.ViewCursor.gotoRange(cursor.getStart(), False)
        self.dispatcher.executeDispatch(controller.Frame, command, "", 0, ())

    def at(self, words):
        """Return a cursor over the words."""
        search = self.document.createSearchDescriptor()
        search.SearchString = words
        found = self.document.findFirst(search)
        return found.getText().createTextCursorByRange(found)

    def whole(self, words):
        """Return a cursor over the paragraph that holds the words, its mark included."""
        cursor = self.at(words)
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        cursor.goRight(1, True)
        return cursor


def author_of(change):
    """Return the author of a tracked change."""
    return change.getPropertyValue("RedlineAuthor") or ""


def comments_of(document):
    """Return author, words and anchored words of each comment."""
    found = []
    for field in each(document.TextFields):
        if field.supportsService("com.sun.star.text.textfield.Annotation"):
            found.append([field.Author, field.Content, field.getAnchor().getString()])
    return found


def blocks(story):
    """Return paragraphs as ``["p", style, runs]`` and rows of tables as ``["row", [cell, …]]``."""
    found = []
    for element in each(story):
        if not element.supportsService("com.sun.star.text.TextTable"):
            found.append(["p", element.ParaStyleName, runs(element)])
            continue
        rows = {}
        for name in element.getCellNames():
            column = name.rstrip("0123456789")
            rows.setdefault(int(name[len(column) :]), []).append((len(column), column, element.getCellByName(name)))
        for number in sorted(rows):
            cells = [paragraphs(cell) for *_, cell in sorted(rows[number], key=lambda one: one[:2])]
            found.append(["row", cells])
    return found


def paragraphs(story):
    """Return the paragraphs of a cell or note, each as ``[style, runs]``."""
    return [
        [element.ParaStyleName, runs(element)]
        for element in each(story)
        if not element.supportsService("com.sun.star.text.TextTable")
    ]


def labels(story):
    """Return the number or sign of each numbered paragraph outside tables, in order."""
    every = [element for element in each(story) if not element.supportsService("com.sun.star.text.TextTable")]
    return [element.ListLabelString for element in every if element.NumberingIsNumber and element.NumberingRules]


def cell_labels(story):
    """Return the labels of each cell of each table, in order; a cell without any is left out."""
    tables = [element for element in each(story) if element.supportsService("com.sun.star.text.TextTable")]
    found = [labels(table.getCellByName(name)) for table in tables for name in table.getCellNames()]
    return [one for one in found if one]


def runs(paragraph):
    """Return ``[[characters, marks], …]``; a note's reference is one U+FFFC; fields and controls are opened."""
    found = []
    for portion in each(paragraph):
        kind = portion.TextPortionType
        if kind in ("Footnote", "Endnote"):
            found.append(["\ufffc", 0])
        elif kind == "ContentControl":
            found += runs(portion.ContentControl)
        elif kind in ("Text", "TextField") and portion.getString():
            found.append([portion.getString(), marks(portion)])
    return found


def marks(portion):
    """Return the marks set on the characters themselves: bold 1, italic 2, underline 4, super 8, sub 16."""
    found = 0
    for name, number, test in (
        ("CharWeight", 1, lambda value: value > 100),
        ("CharPosture", 2, lambda value: value.value != "NONE"),
        ("CharUnderline", 4, lambda value: value != 0),
        ("CharEscapement", 8, lambda value: value > 0),
        ("CharEscapement", 16, lambda value: value < 0),
    ):
        if portion.getPropertyState(name).value == "DIRECT_VALUE" and test(portion.getPropertyValue(name)):
            found |= number
    return found


def main():
    """Answer requests until standard input ends."""
    with Office() as office:
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            try:
                request = json.loads(line)
                reply = office.edited(request) if "edits" in request else office.answer(request)
            except Exception as error:
                reply = {"error": f"{type(error).__name__}: {error}".split("\n")[0]}
            print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
