"""A delegate who edits a Word file, with Track Changes or without; written apart from the product's own writer."""

import copy
import io
import random
import re
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"
AT = "2025-04-20T09:00:00Z"
_WORD = re.compile(r"[^\W\d_]+|[\u4e00-\u9fff]")
_CHANGES = [W + name for name in ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "numberingChange")]
_NEW = {"ru": ("цифровой", "и прочие меры"), "zh": ("数字", "及其他措施"), "en": ("digital", "and other measures")}


class Delegate:
    """Edits a copy of a file; ``file`` returns it."""

    def __init__(self, data, author, *, tracked, seed=0, start=0):
        """Open a file.

        Args:
            data: The file.
            author: Who stands as the author of tracked changes.
            tracked: Whether Track Changes is on.
            seed: Of the choices.
            start: How many paragraphs at the beginning are left alone.
        """
        self.author, self.tracked = author, tracked
        self.random = random.Random(seed)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self._members = {name: package.read(name) for name in package.namelist()}
        parts = [name for name in (DOCUMENT, NOTES) if name in self._members]
        self._roots = {name: etree.fromstring(self._members[name]) for name in parts}
        self._number = 900_000
        self._used = set(list(self._roots[DOCUMENT].iter(W + "p"))[:start])

    def file(self):
        """Return the edited file."""
        made = {name: etree.tostring(root, encoding="UTF-8", standalone=True) for name, root in self._roots.items()}
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self._members.items():
                package.writestr(name, made.get(name, data))
        return written.getvalue()

    def edit(self, times, among=12):
        """Make up to *times* edits among the first paragraphs that can be edited, one a paragraph; return which."""
        ways = [self.reword, self.reword, self.add_words, self.strike_words, self.strike, self.add_after, self.split]
        ways += [self.merge, self.move, self.strike_row, self.add_row, self.reword_note]
        return [way.__name__ for way in (self.random.choice(ways) for _ in range(times)) if way(among)]

    # -- words

    def reword(self, among, word=""):
        """Replace one word."""
        return self._in_words(among, lambda _words, at, new: (*at, word or new[0]))

    def add_words(self, among):
        """Put words in after a word."""
        return self._in_words(among, lambda _words, at, new: (at[1], at[1], " " * (not _han(new[1])) + new[1]))

    def strike_words(self, among):
        """Strike from a word to the end of its run."""
        return self._in_words(among, lambda words, at, _new: (at[0], len(words), ""))

    def reword_note(self, among):
        """Replace one word of a footnote."""
        return NOTES in self._roots and self._in_words(among, lambda _words, at, new: (*at, new[0]), NOTES)

    def _in_words(self, among, where, part=DOCUMENT):
        runs = [run for p in self._paragraphs(part)[:among] for run in self._plain_runs(p)]
        if not runs:
            return False
        run = self.random.choice(runs)
        words = run.find(W + "t").text
        found = self.random.choice(list(_WORD.finditer(words)))
        start, end, new = where(words, found.span(), _NEW[_language(words)])
        self._used.add(run.getparent())
        old, fresh = self._run(run, words[start:end]), self._run(run, new)
        pieces = [self._run(run, words[:start]), self._struck(old), self._added(fresh), self._run(run, words[end:])]
        self._replace(run, [piece for piece in pieces if piece is not None])
        return True

    # -- paragraphs

    def strike(self, among):
        """Strike a paragraph."""
        p = self._choose(among, lambda p: _follows(p) is not None)
        if p is None:
            return False
        self._used |= {p, _follows(p)}
        if not self.tracked:
            p.getparent().remove(p)
            return True
        self._strike_runs(p)
        self._mark(p, "del")
        return True

    def add_after(self, among):
        """Put a paragraph in after another, as Enter and typing at its end do."""
        p = self._choose(among, lambda p: _follows(p) is not None)
        if p is None:
            return False
        self._used.add(p)
        p.addnext(self._new_paragraph(p))
        return True

    def split(self, among):
        """Press Enter in a paragraph."""
        p = self._choose(among, lambda p: len(self._plain_runs(p)) > 0 and len(_text(p)) > 8)
        if p is None:
            return False
        self._used.add(p)
        run = self.random.choice(self._plain_runs(p))
        words = run.find(W + "t").text
        cut = self.random.choice([m.end() for m in _WORD.finditer(words)])
        first = etree.Element(W + "p")
        if p.find(W + "pPr") is not None:
            first.append(copy.deepcopy(p.find(W + "pPr")))
        for child in list(p)[: p.index(run)]:
            if child.tag != W + "pPr":
                first.append(child)
        halves = [self._run(run, words[:cut]), self._run(run, words[cut:])]
        if halves[0] is not None:
            first.append(halves[0])
        self._replace(run, [half for half in halves[1:] if half is not None])
        p.addprevious(first)
        self._used.add(first)
        if self.tracked:
            self._mark(first, "ins")
        return True

    def merge(self, among):
        """Press Delete at the end of a paragraph."""
        p = self._choose(among, lambda p: _follows(p) is not None and _text(_follows(p)))
        if p is None:
            return False
        following = _follows(p)
        self._used |= {p, following}
        if self.tracked:
            self._mark(p, "del")
            return True
        at = 1 if following.find(W + "pPr") is not None else 0
        for child in reversed([c for c in p if c.tag != W + "pPr"]):
            following.insert(at, child)
        p.getparent().remove(p)
        return True

    def move(self, among):
        """Cut a paragraph and paste it further down, as Word tracks it."""
        p = self._choose(among, lambda p: _follows(p) is not None and len(_text(p)) > 12)
        near = [] if p is None else self._paragraphs(DOCUMENT)[:among]
        places = [q for q in near if q.getparent() is p.getparent()]
        places = [q for q in places if _follows(q) is not None and q is not p and _follows(q) is not p]
        if not places:
            return False
        place = self.random.choice(places)
        self._used |= {p, place}
        there = _without_marks(copy.deepcopy(p))
        place.addnext(there)
        self._used.add(there)
        if not self.tracked:
            p.getparent().remove(p)
            return True
        for moved, kind in ((p, "moveFrom"), (there, "moveTo")):
            self._wrap(moved, kind)
            self._mark(moved, kind)
            start, end = self._made(f"{kind}RangeStart"), self._made(f"{kind}RangeEnd")
            start.set(W + "name", f"move{self._number}" if kind == "moveFrom" else self._last_move)
            self._last_move = start.get(W + "name")
            end.set(W + "id", start.get(W + "id"))
            moved.insert(1 if moved.find(W + "pPr") is not None else 0, start)
            moved.addnext(end)
        return True

    def _new_paragraph(self, p):
        new = etree.Element(W + "p")
        if p.find(W + "pPr") is not None:
            new.append(copy.deepcopy(p.find(W + "pPr")))
            _without_marks(new)
        runs = p.findall(W + "r")
        model = runs[0] if runs else etree.Element(W + "r")
        words = _NEW[_language(_text(p))]
        number = self.random.randint(1, 3)
        new.append(self._added(self._run(model, f"{words[1]} {words[0]} {number}.")))
        if self.tracked:
            self._mark(new, "ins")
        return new

    # -- rows

    def strike_row(self, among):
        """Strike a row."""
        rows = self._rows(among)
        if not rows:
            return False
        row = self.random.choice(rows)
        if not self.tracked:
            row.getparent().remove(row)
            return True
        self._row_mark(row, "del")
        for p in row.iter(W + "p"):
            self._used.add(p)
            self._strike_runs(p)
            self._mark(p, "del")
        return True

    def add_row(self, among):
        """Put a row in after another."""
        rows = self._rows(among)
        if not rows:
            return False
        row = self.random.choice(rows)
        self._used.update(row.iter(W + "p"))
        new = copy.deepcopy(row)
        for number, cell in enumerate(new.iter(W + "tc")):
            first = cell.find(W + "p")
            for other in cell.findall(W + "p")[1:]:
                cell.remove(other)
            made = self._new_paragraph(first)
            cell.replace(first, made)
            made.findall(f".//{W}t")[-1].text += str(number)
        row.addnext(new)
        if self.tracked:
            self._row_mark(new, "ins")
        self._used.update(new.iter(W + "p"))
        return True

    def _rows(self, among):
        found = []
        for row in self._roots[DOCUMENT].iter(W + "tr"):
            paragraphs = set(row.iter(W + "p"))
            simple = not row.findall(f".//{W}tbl") and not row.findall(f".//{W}vMerge") and not _is_changed(row)
            alone = len(row.getparent().findall(W + "tr")) < 3
            first = row.getprevious() is None or row.getprevious().tag != W + "tr"
            if simple and not alone and not first and not paragraphs & self._used and not row.findall(f".//{W}sdt"):
                found.append(row)
        return found[:among]

    def _row_mark(self, row, kind):
        properties = row.find(W + "trPr")
        if properties is None:
            properties = etree.Element(W + "trPr")
            row.insert(1 if row.find(W + "tblPrEx") is not None else 0, properties)
        properties.append(self._made(kind))

    # -- what it stands on

    def _choose(self, among, fits):
        found = [p for p in self._paragraphs(DOCUMENT)[:among] if p not in self._used and fits(p)]
        found = [p for p in found if _follows(p) is None or _follows(p) not in self._used]
        return self.random.choice(found) if found else None

    def _paragraphs(self, part):
        """Return what can be edited: words in runs of the paragraph's own, nothing tracked, no field, no object."""
        return [p for p in self._roots[part].iter(W + "p") if p not in self._used and self._is_plain(p)]

    def _is_plain(self, p):
        if _is_changed(p) or p.find(f"{W}pPr/{W}sectPr") is not None or not self._plain_runs(p):
            return False
        bad = ("fldChar", "drawing", "pict", "object", "sdt", "txbxContent")
        above = [a.tag for a in p.iterancestors()]
        held = any(W + name in above for name in ("sdt", "txbxContent", "ins", "del"))
        return not held and next(p.iter(*(W + name for name in bad)), None) is None

    @staticmethod
    def _plain_runs(p):
        return [
            run
            for run in p.findall(W + "r")
            if [c.tag for c in run if c.tag != W + "rPr"] == [W + "t"] and _WORD.search(run.find(W + "t").text or "")
        ]

    # -- XML

    def _made(self, name):
        self._number += 1
        return etree.Element(W + name, {W + "id": str(self._number), W + "author": self.author, W + "date": AT})

    def _run(self, model, words):
        if not words:
            return None
        run = etree.Element(W + "r")
        if model.find(W + "rPr") is not None:
            run.append(copy.deepcopy(model.find(W + "rPr")))
        text = etree.SubElement(run, W + "t")
        text.text = words
        text.set(SPACE, "preserve")
        return run

    def _added(self, run):
        if run is None or not self.tracked:
            return run
        change = self._made("ins")
        change.append(run)
        return change

    def _struck(self, run):
        if run is None or not self.tracked:
            return None
        change = self._made("del")
        change.append(run)
        for text in run.findall(W + "t"):
            text.tag = W + "delText"
        return change

    def _strike_runs(self, p):
        self._wrap(p, "del")
        for text in p.iter(W + "t"):
            text.tag = W + "delText"

    def _wrap(self, p, kind):
        for holder in [p, *p.iter(W + "hyperlink")]:
            for run in holder.findall(W + "r"):
                change = self._made(kind)
                holder.replace(run, change)
                change.append(run)

    def _mark(self, p, kind):
        properties = p.find(W + "pPr")
        if properties is None:
            properties = etree.Element(W + "pPr")
            p.insert(0, properties)
        look = properties.find(W + "rPr")
        if look is None:
            look = etree.Element(W + "rPr")
            late = [c for c in properties if c.tag in (W + "sectPr", W + "pPrChange")]
            properties.insert(properties.index(late[0]) if late else len(properties), look)
        look.insert(0, self._made(kind))

    @staticmethod
    def _replace(run, pieces):
        parent, at = run.getparent(), run.getparent().index(run)
        parent.remove(run)
        for offset, piece in enumerate(pieces):
            parent.insert(at + offset, piece)


def _follows(p):
    """Return the paragraph after one, if it may join it: no section ends and nothing is tracked there."""
    found = p.getnext()
    if found is None or found.tag != W + "p" or _is_changed(found) or found.find(f"{W}pPr/{W}sectPr") is not None:
        return None
    return found


def _is_changed(element):
    return next(element.iter(*_CHANGES), None) is not None


def _without_marks(p):
    """Drop what must stand once in a file: bookmarks, comments, ids."""
    for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"):
        for element in p.findall(f".//{W}{name}"):
            element.getparent().remove(element)
    for reference in p.findall(f".//{W}commentReference"):
        reference.getparent().getparent().remove(reference.getparent())
    for element in p.iter():
        for name in [n for n in element.attrib if n.endswith(("}paraId", "}textId"))]:
            del element.attrib[name]
    return p


def _text(p):
    return "".join(t.text or "" for t in p.iter(W + "t"))


def _han(words):
    return "\u4e00" <= words[:1] <= "\u9fff"


def _language(words):
    if any("\u4e00" <= c <= "\u9fff" for c in words):
        return "zh"
    return "ru" if any("\u0400" <= c <= "\u04ff" for c in words) else "en"
