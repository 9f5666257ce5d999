"""Hand-made wishes on the hand-made papers: each phenomenon of a tracked file once, in each language."""

from app.docxio.comments import Comment
from app.text.changes import Change, Operation, Wish
from app.text.provision import STATES, TEXT, Kind, Place, Provision, States
from app.text.runs import NOTE, Marks, Run, plain, text
from app.text.tokens import tokens, untokenize
from tests.docxio.papers import edition


def amended(base, key, sponsors, **parts):
    """Return the wish of *sponsors* that the provision's *parts* be so."""
    whole = {**base.by_key()[key].parts, **parts}
    return [Wish(sponsor, Change(Operation.AMEND, key, whole)) for sponsor in sponsors.split()]


def without(content, start, end):
    pieces = tokens(content)
    return untokenize(pieces[:start] + pieces[end:])


def states(*codes):
    return States(frozenset(codes))


def wishes(language):
    """Return a round of wishes: plain, identical, overlapping, nested, rows, cells, states, moves, notes."""
    base = edition(language)
    found = base.by_key()
    p2, i1 = found["p2"].text, found["i1"].text
    count = len(tokens(p2))
    more = text(*p2, Run(" + A & B <c>", Marks.BOLD))
    # In the middle: LibreOffice 7.4 takes an inserted reference at the very end, before a mark of
    # another author, for the beginning of that author's change.
    note = text(*untokenize(tokens(i1)[:2]), Run(NOTE, 0, "fn9"), *untokenize(tokens(i1)[2:]))

    def inserted(sponsors, place, *block):
        return [
            Wish(sponsor, Change(Operation.INSERT, block[0].key, place=place, block=block))
            for sponsor in sponsors.split()
        ]

    def one(operation, sponsors, key, **more):
        return [Wish(sponsor, Change(operation, key, **more)) for sponsor in sponsors.split()]

    new_row = {"measure": text("R&D 5G"), "time": text("2027"), "who": states("RU", "CN")}
    return base, [
        *amended(base, "p2", "BY KZ", **{TEXT: without(p2, 1, count // 2)}),
        *amended(base, "p2", "CN", **{TEXT: without(p2, count // 3, count - 1)}),
        *amended(base, "p2", "IN", **{TEXT: more}),
        *amended(base, "p1", "UZ", **{TEXT: text(*[run for run in found["p1"].text if run.note is None])}),
        *amended(base, "fn1", "IR", **{TEXT: text(*found["fn1"].text, " 2025")}),
        *amended(base, "p3", "UZ TJ", **{STATES: states("BY", "IR", "CN", "RU", "UZ")}),
        *amended(base, "p3", "CN", **{STATES: states("BY", "IR", "RU")}),
        *amended(base, "r1", "PK", who=states("KZ", "BY", "CN", "PK")),
        *amended(base, "r1", "BY", who=states("KZ", "CN"), time=text("2030")),
        *amended(base, "r2", "TJ", measure=text("A\nB\nC")),
        *amended(base, "r2", "IN", measure=text(plain(found["r2"].parts["measure"]).replace("\n", " "))),
        *one(Operation.DELETE, "KZ", "r2"),
        *one(Operation.DELETE, "RU", "s1"),
        *inserted("RU", Place("tab", "r1"), Provision("nr", Kind.ROW, 1, "tab", new_row, "1.1 bis")),
        *inserted("KG IR", Place("tab", None), Provision("ns", Kind.ROW, 0, "tab", {TEXT: text("0")}, "0.")),
        *one(Operation.DELETE, "IR TJ", "p4"),
        *amended(base, "p4", "KG", **{TEXT: text(*found["p4"].text, " +")}),
        *inserted("KZ", Place("h1", "p2"), Provision("n1", Kind.PARAGRAPH, 0, "h1", {TEXT: text("KZ 1")}, "2 bis.")),
        *inserted(
            "CN PK",
            Place("h1", "p2"),
            Provision("n2", Kind.PARAGRAPH, 0, "h1", {TEXT: text("CN 1")}, "2 ter."),
            Provision("n3", Kind.ITEM, 1, "n2", {TEXT: text("CN 2")}, "–"),
        ),
        *inserted("BY", Place(None, None), Provision("n0", Kind.PARAGRAPH, 0, None, {TEXT: text("BY 0")})),
        *inserted("BY", Place("h2", "p4"), Provision("n9", Kind.PARAGRAPH, 0, "h2", {TEXT: text("BY 9")})),
        *inserted("RU", Place("i1", None), Provision("fn9", Kind.FOOTNOTE, 0, "i1", {TEXT: text("RU note")})),
        *amended(base, "i1", "RU", **{TEXT: note}),
        *one(Operation.MOVE, "KG", "i1", place=Place("p2", "i2")),
        *one(Operation.MOVE, "IR", "pre", place=Place("h1", "p1"), parts={TEXT: text("IR ", *found["pre"].text)}),
        *one(Operation.DELETE, "UZ", "h2"),
        *one(Operation.NO_CHANGE, "UZ", "t0"),
    ]


def comments():
    """Return a justification of every sort of change, and a remark on the whole."""
    return [
        Comment("p2", ("IN",), "R&D <why>\nSecond paragraph"),
        Comment("r1", ("PK",), "joins"),
        Comment("r2", ("KZ",), "the row goes"),
        Comment("nr", ("RU",), "a new row"),
        Comment("n1", ("KZ",), "a new paragraph"),
        Comment("p4", ("IR", "TJ"), "goes"),
        Comment("t0", ("UZ",), "stays"),
        Comment("", ("UZ",), "On the whole."),
    ]
