"""Takes persons and traces out of a part of somebody's file; everything else is copied as it stands.

What goes: revision and paragraph ids, comments, bookmarks that nothing refers to, names and bindings of content
controls, hidden words, the data of reference managers, instructions of fields that fetch or tell (only a short
list of fields stays alive), descriptions and names of pictures, objects behind their pictures.
"""

import re
from collections.abc import Mapping

from app.docxio.bookmarks import key_of
from app.docxio.own_text import Splice, spliced, without

_IN_TAG = r"(?=[^<>]*>)"
_ID = r'w(?::rsid\w*|14:(?:paraId|textId)|16\w*:(?:dateUtc|durableId|paraId))="[^"]*"'
# A pattern that begins with two characters is found far sooner than one that begins with any white space.
_IDS = re.compile(f" {_ID}(?: {_ID})*+{_IN_TAG}")
_IDS_ON_NEW_LINES = re.compile(rf"[\t\r\n]{_ID}{_IN_TAG}")
_COMMENT_RUN = re.compile(
    r"<w:r(?:\s[^<>]*)?>\s*(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>\s*|<w:rPr/>\s*)?<w:commentReference[^<>]*/>\s*</w:r>",
    re.DOTALL,
)
_EMPTY_TRACES = re.compile(
    r"<w:(?:commentRangeStart|commentRangeEnd|commentReference|permStart|permEnd|annotationRef|dataBinding|alias|tag"
    r"|subDoc|control|movie|rsid|nsid|tmpl)(?:\s[^<>]*)?/>|<w1[0-9a-z]*:(?:dataBinding|appearance|color)(?:\s[^<>]*)?/>"
)
_WHOLE_TRACES = (
    *("w:fldData", "w:altChunk", "w:placeholder", "w:dataBinding", "w15:dataBinding", "w:ffData"),
    *("o:OLEObject", "w:objectEmbed", "w:objectLink", "w:control", "w:docPartObjHidden"),
)
_BOOKMARK = re.compile(r'<w:bookmark(Start|End)\s[^<>]*?w:id="([^"]*)"[^<>]*/>')
_NAME = re.compile(r'\sw:name="([^"]*)"')
_CODE_TOKEN = re.compile(r"<w:fldChar\b[^<>]*>|<w:instrText(?:\s[^<>]*)?(?:/>|>([^<]*)</w:instrText>)")
_FIELD_KIND = re.compile(r'w:fldCharType="(\w+)"')
_SIMPLE = re.compile(r'(<w:fldSimple\b[^<>]*?\sw:instr=")([^"]*)(")')
_ALIVE = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|REF|PAGEREF|NOTEREF|SEQ|TOC|TC|STYLEREF|LISTNUM|AUTONUM\w*|EQ|SYMBOL"
    r"|=|QUOTE|HYPERLINK)(?![A-Za-z])",
    re.IGNORECASE,
)
_LINK = re.compile(r"\s*HYPERLINK\s+(?:\\\w\s+)*(?:&quot;|\")?\s*([^\s\"&]*)", re.IGNORECASE)
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_PICTURE_NAMES = re.compile(
    rf'(<(?:wp:docPr|pic:cNvPr|wps:cNvPr|wpg:cNvPr|a:cNvPr)\b[^<>]*?)\s(?:descr|title)="[^"]*"{_IN_TAG}'
)
_PICTURE_NAME = re.compile(r'(<(?:wp:docPr|\w+:cNvPr)\b[^<>]*?\sname=")[^"]*(")')
_SHAPE_WORDS = re.compile(rf'\s(?:alt|o:title|o:href|o:gfxdata|o:spid|href)="[^"]*"{_IN_TAG}')
_TOOLTIPS = re.compile(rf'\sw:(?:tooltip|docLocation|tgtFrame)="[^"]*"{_IN_TAG}')
_SHAPE = re.compile(r"<(?:v|o):\w+\s[^<>]*>")
_DEAD_DRAWING = re.compile(
    r"<w:drawing>(?:(?!</w:drawing>).)*?<(?:c|cx|dgm|am3d|wp14):(?:chart|relIds|model3d|contentPart)\b"
    r"(?:(?!</w:drawing>).)*</w:drawing>",
    re.DOTALL,
)
_RELATION = re.compile(r'r:(?<=\sr:)(?:id|embed|link|pict|href|dm|lo|qs|cs)="([^"]*)"' + _IN_TAG)
_HIDDEN_RUN = re.compile(r"<w:r(?:\s[^<>]*)?>\s*<w:rPr>((?:(?!</w:rPr>).)*)</w:rPr>((?:(?!</w:r>).)*)</w:r>", re.DOTALL)
_HIDES = re.compile(r'<w:vanish(?:\s*/>|\s+w:val="(?:1|true|on)"\s*/>)')
_WORDS = re.compile(r"<w:t(?:\s[^<>]*)?(?:/>|>[^<]*</w:t>)")


def untraced(written: str, relations: Mapping[str, str]) -> str:
    """Return a part without traces.

    Args:
        relations: Ids of the relationships that stay, to their kinds; references to others go.
    """
    for name in _WHOLE_TRACES:
        written = without(written, name)
    written = _fields(written)
    written = _COMMENT_RUN.sub("", written) if "<w:commentReference" in written else written
    written = _EMPTY_TRACES.sub("", written)
    written = _bookmarks(written)
    if "<w:vanish" in written:
        written = _HIDDEN_RUN.sub(_unhidden, written)
    if "<w:drawing" in written or "<v:" in written:
        written = _pictures(written)
    written = _TOOLTIPS.sub("", written) if "<w:hyperlink" in written else written
    if "r:" in written:
        gone = (found for found in _RELATION.finditer(written) if found[1] not in relations)
        written = spliced(written, [(found.start() - 1, found.end(), "") for found in gone])
    if any(sign in written for sign in ("\tw", "\rw", "\nw")):
        written = _IDS_ON_NEW_LINES.sub("", written)
    return _IDS.sub("", written)


def _unhidden(found: re.Match[str]) -> str:
    return _WORDS.sub("", found[0]) if _HIDES.search(found[1]) else found[0]


def _pictures(written: str) -> str:
    written = _DEAD_DRAWING.sub("", written)
    written = _PICTURE_NAME.sub(r"\1Picture\2", written)
    for _ in range(2):
        written = _PICTURE_NAMES.sub(r"\1", written)
    written = without(written, "a:extLst")
    # A linked picture is fetched from outside; the blank one the package has under its id is not.
    written = re.sub(r'(<a:blip\b(?![^<>]*\sr:embed=)[^<>]*?\s)r:link="', r'\1r:embed="', written)
    return _SHAPE.sub(lambda found: _SHAPE_WORDS.sub("", found[0]), written)


def _bookmarks(written: str) -> str:
    """Leave out the bookmarks that no field and no link refers to, and those of provisions, which are set anew."""
    if "<w:bookmark" not in written:
        return written
    codes = re.findall(r"<w:instrText(?:\s[^<>]*)?>([^<]*)<|w:instr=\"([^\"]*)\"|w:anchor=\"([^\"]*)\"", written)
    said = {word for found in codes for word in re.findall(r"[\w.\-]+", " ".join(found))}
    kept: set[str] = set()
    splices: list[Splice] = []
    for found in _BOOKMARK.finditer(written):
        if found[1] == "Start":
            name = _NAME.search(found[0])
            if name and name[1] in said and key_of(name[1]) is None:
                kept.add(found[2])
        if found[2] not in kept:
            splices.append((found.start(), found.end(), ""))
    return spliced(written, splices)


def _fields(written: str) -> str:
    """Still the fields that are not on the list: their results stay, locked; their instructions go."""
    if "<w:fldSimple" in written:
        written = _SIMPLE.sub(lambda found: found[0] if _lives(found[2]) else f"{found[1]}QUOTE{found[3]}", written)
    if "<w:fldChar" not in written:
        return written
    open_: list[tuple[re.Match[str], list[re.Match[str]]]] = []
    splices: list[Splice] = []
    for token in _CODE_TOKEN.finditer(written):
        kind = _FIELD_KIND.search(token[0]) if token[0].startswith("<w:fldChar") else None
        if kind is None:
            if open_:
                open_[-1][1].append(token)
        elif kind[1] == "begin":
            open_.append((token, []))
        elif kind[1] == "end" and open_:
            begin, codes = open_.pop()
            if not _lives("".join(code[1] or "" for code in codes)):
                splices += [(code.start(), code.end(), "<w:instrText>QUOTE</w:instrText>") for code in codes[:1]]
                splices += [(code.start(), code.end(), "") for code in codes[1:]]
                if "w:fldLock" not in begin[0]:
                    splices.append((begin.start(), begin.start() + 10, '<w:fldChar w:fldLock="1"'))
    return spliced(written, splices)


def _lives(code: str) -> bool:
    link = _LINK.match(code)
    if link:
        return not link[1] or "\\l" in code[: link.end()] or bool(_WEB.match(link[1]))
    return bool(_ALIVE.match(code))
