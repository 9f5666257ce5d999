"""What people do to a text in Word: edits of the body of a Word file, plain and tracked."""

import copy
import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def edited(data, *edits):
    """Return a Word file with its body edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                for edit in edits:
                    edit(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(name, content)
    return out.getvalue()


def paragraph(root, said):
    """Return the paragraph with these words."""
    return next(found for found in root.iter(f"{W}p") if said in "".join(t.text or "" for t in found.iter(f"{W}t")))


def replaced(old, new):
    def edit(root):
        (t,) = [t for t in paragraph(root, old).iter(f"{W}t") if old in (t.text or "")]
        t.text = t.text.replace(old, new)

    return edit


def tracked(old, new):
    """Replace words under tracked changes."""

    def edit(root):
        (t,) = [t for t in paragraph(root, old).iter(f"{W}t") if old in (t.text or "")]
        run = t.getparent()
        before, _, after = t.text.partition(old)
        pieces = []
        for kind, said in (("", before), ("del", old), ("ins", new), ("", after)):
            made = copy.deepcopy(run)
            (held,) = made.iter(f"{W}t")
            held.text, held.tag = said, f"{W}delText" if kind == "del" else held.tag
            held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if kind:
                change = etree.Element(f"{W}{kind}", {f"{W}id": f"90{len(pieces)}", f"{W}author": "Иванов"})
                change.append(made)
                made = change
            pieces.append(made)
        for made in pieces:
            run.addprevious(made)
        run.getparent().remove(run)

    return edit


def added(after, said):
    """Add a paragraph of one's own, without a bookmark."""

    def edit(root):
        before = paragraph(root, after)
        new = copy.deepcopy(before)
        for mark in list(new.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            mark.getparent().remove(mark)
        runs = list(new.iter(f"{W}t"))
        for t in runs:
            t.text = ""
        runs[-1].text = said
        before.addnext(new)

    return edit


def removed(said):
    def edit(root):
        found = paragraph(root, said)
        found.getparent().remove(found)

    return edit


def moved(said, after):
    def edit(root):
        paragraph(root, after).addnext(paragraph(root, said))

    return edit
