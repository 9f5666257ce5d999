"""What is drawn in a paragraph: text boxes, pictures, the branches that one program or another shows."""

from collections.abc import Iterator

from lxml import etree

from app.docxio.wordml import ALTERNATE, BOX, CHOICE, FALLBACK, T, w

_DEL_TEXT = w("delText")


def branch(alternate: etree._Element) -> etree._Element | None:
    """Return one branch of an mc:AlternateContent: its text stands in both."""
    choice = alternate.find(CHOICE)
    fallback = alternate.find(FALLBACK)
    if choice is None or (fallback is not None and not words_in(choice) and words_in(fallback)):
        return fallback
    return choice


def outer_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes in a drawing; boxes in a box come with its paragraphs, Fallback copies not at all."""
    stack = [iter(element)]
    while stack:
        for child in stack[-1]:
            if child.tag == BOX:
                yield child
                continue
            inner = branch(child) if child.tag == ALTERNATE else child
            if inner is not None and len(inner):
                stack.append(iter(inner))
                break
        else:
            stack.pop()


def words_in(element: etree._Element) -> str:
    """Return the characters of a drawing, deleted ones too."""
    return "".join(t.text or "" for t in element.iter(T, _DEL_TEXT))


def description(element: etree._Element) -> str:
    """Return what a picture is called, if anything."""
    for child in element.iter():
        if isinstance(child.tag, str) and child.tag.endswith("}docPr"):
            return child.get("descr") or child.get("title") or child.get("name") or ""
    return ""
