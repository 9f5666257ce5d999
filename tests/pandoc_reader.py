"""Pandoc as an independent reader of Word files: their words after changes are accepted or rejected, by author too."""

import json
import shutil
import subprocess

NOTE = "\ufffc"
OURS = "Chapeau "
"""How the styles of pages about the text begin: these are no part of it."""
_LEAVES = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


def missing():
    """Return the name of the program that is absent, or None."""
    return None if shutil.which("pandoc") else "pandoc"


def read(data, takes):
    """Return what a file says: a paragraph as its letters, a row as the tuple of its cells, then each note's letters.

    White space is left out, and paragraphs and rows without letters: pandoc moves and drops them.

    Args:
        data: The file.
        takes: Given the author of a change, whether it is accepted; else it is rejected.
    """
    command = ["pandoc", "--from=docx+styles", "--to=json", "--track-changes=all"]
    tree = json.loads(subprocess.run(command, input=data, capture_output=True, check=True).stdout)
    walk = _Walk(takes)
    blocks = walk.blocks(tree["blocks"])
    return blocks + [walk.joined(note) for note in walk.notes]


class _Walk:
    """Walks a tree of pandoc's."""

    def __init__(self, takes):
        self._takes = takes
        self._goes = False
        """Whether the mark of the paragraph just read goes away: the next one joins it."""
        self.notes = []

    def blocks(self, blocks):
        """Return paragraphs and rows."""
        found, open_ = [], ""
        for kind, content in self._flat(blocks):
            if kind == "table":
                found += [open_] if open_ else []
                open_ = ""
                found += [row for row in self._rows(content) if any(row)]
                continue
            self._goes = False
            open_ += "".join(self._words(content).split())
            if not self._goes:
                found += [open_] if open_ else []
                open_ = ""
        return [*found, open_] if open_ else found

    def joined(self, blocks):
        """Return the letters of blocks as one string."""
        return "".join(one if isinstance(one, str) else "".join(one) for one in self.blocks(blocks))

    def _flat(self, blocks):
        """Yield the paragraphs and tables in lists, quotations and divisions."""
        for block in blocks:
            kind, content = block["t"], block.get("c")
            if kind in ("Para", "Plain"):
                yield "paragraph", content
            elif kind == "Header":
                yield "paragraph", content[2]
            elif kind == "LineBlock":
                for line in content:
                    yield "paragraph", line
            elif kind in ("CodeBlock", "RawBlock"):
                yield "paragraph", [{"t": "Str", "c": content[1]}]
            elif kind in ("BulletList", "OrderedList"):
                for item in content if kind == "BulletList" else content[1]:
                    yield from self._flat(item)
            elif kind == "DefinitionList":
                for term, meanings in content:
                    yield "paragraph", term
                    for meaning in meanings:
                        yield from self._flat(meaning)
            elif kind == "BlockQuote":
                yield from self._flat(content)
            elif kind == "Div" and not dict(content[0][2]).get("custom-style", "").startswith(OURS):
                yield from self._flat(content[1])
            elif kind == "Table":
                yield "table", content

    def _rows(self, table):
        _, _, _, head, bodies, foot = table
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        return [tuple(self.joined(cell[4]) for cell in cells) for _, cells in rows]

    def _words(self, inlines):
        return "".join(self._word(one) for one in inlines)

    def _word(self, inline):
        kind, content = inline["t"], inline.get("c")
        if kind == "Str":
            return content
        if kind in _LEAVES:
            return _LEAVES[kind]
        if kind == "Span":
            return self._span(content)
        if kind == "Note":
            self.notes.append(content)
            return NOTE
        if kind in ("Code", "Math", "RawInline"):
            return content[1]
        if kind in ("Link", "Cite"):
            return self._words(content[1])
        if kind == "Quoted":
            begin, end = _QUOTES[content[0]["t"]]
            return begin + self._words(content[1]) + end
        return self._words(content) if isinstance(content, list) and kind != "Image" else ""

    def _span(self, content):
        (_, classes, pairs), inlines = content
        author = dict(pairs).get("author", "")
        if "comment-start" in classes:
            return ""
        if "insertion" in classes and not self._takes(author):
            return ""
        if "deletion" in classes and self._takes(author):
            return ""
        if "paragraph-insertion" in classes and not self._takes(author):
            self._goes = True
        if "paragraph-deletion" in classes and self._takes(author):
            self._goes = True
        return self._words(inlines)


def everything(_author):
    """Take every change: what the file says once all are accepted."""
    return True


def nothing(_author):
    """Take no change: what the file says once all are rejected."""
    return False


def sponsored_by(name):
    """Return what takes the changes that *name* is among the authors of."""
    return lambda author: name in author.split("; ")
