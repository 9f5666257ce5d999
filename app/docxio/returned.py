"""A file that came back, understood as changes to the text it was made from."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.docxio.fitting import fitted, keys_of, named, paired, same_words, settled, spelled, without_number
from app.docxio.revised import Revised, WordComment
from app.docxio.understanding import NotUnderstood, RecognisedBy, Unclear
from app.text.canonical import fingerprint
from app.text.carry_over import CarryKind, carry
from app.text.changes import Change, Operation
from app.text.deriving import changes_between, order_of
from app.text.outline import outline
from app.text.provision import Content, Edition, Kind, Provision, States, same_text
from app.text.runs import plain
from app.text.structure import Outline, apply_changes

_COUNTED = re.compile(
    r"[(（]?(?:\d[\d.\-–/]*\w?|[ivxlcIVXLC]{1,7}|[一二三四五六七八九十百]{1,4}|[^\W\d_]{1,2})[.)、）]?"
)
"""A row's number and nothing else."""
_LEAST_FOUND = 0.5
"""A file without tracked changes has at least this part of the base's provisions, or was made from another text."""


@dataclass(frozen=True, slots=True)
class BaseDifference:
    """Where the text a file was made from is not the base.

    Attributes:
        provision: Key of the base's provision; of the one before, where the base has none; "" at the beginning.
        expected: The words of the base; empty where it has none.
        found: The words in the file; empty where it has none.
    """

    provision: str
    expected: str
    found: str


@dataclass(eq=False)
class BaseDiffers(Exception):
    """A file was made from another text than the base."""

    differences: tuple[BaseDifference, ...]

    def __str__(self) -> str:
        return f"The file was made from another text: {len(self.differences)} differences"


@dataclass(frozen=True)
class Return:
    """What a file that came back asks for, in terms of the base.

    Attributes:
        changes: The changes, in reading order.
        comments: Comments by the key of the change they touch (of an insertion its first provision);
            by the key of the provision, where nothing changes it; by "" those on no provision. Answers
            follow what they answer.
        not_understood: What could not be carried, with the key of the provision it belongs to or follows.
        differences: How the text it was made from differs from the base; empty but where it was aligned.
    """

    changes: tuple[Change, ...]
    comments: Mapping[str, tuple[WordComment, ...]]
    not_understood: tuple[NotUnderstood, ...]
    differences: tuple[BaseDifference, ...] = ()


def understand_return(
    base: Edition,
    revised: Revised,
    *,
    align: bool = False,
    minted_from: str = "",
    shared: bool = False,
    certain: Collection[str] = (),
) -> Return:
    """Return what a file that came back asks for.

    Its provisions are those of the base by the keys it carries, else by order and likeness. With
    tracked changes the text before them must be the base's, and the text after them is what is
    wished; without, the text as it is. Changes of format, level and numbering alone are no changes.

    Args:
        base: The text the file was made from.
        align: Whether a file made from another text is taken too: its changes are carried over to the base
            where they do not conflict with the differences, and else listed as not understood.
        minted_from: What the keys of insertions are minted from; the base's fingerprint where it is empty.
        shared: Whether several changes may come to one place, as for ``deriving.changes_between``.
        certain: Keys of the file that are those of the base, whatever the words.

    Raises:
        BaseDiffers: It was made from another text, and *align* is off.
    """
    return _Returned(base, revised, minted_from or fingerprint(base), shared, certain).understood(align)


class _Returned:
    """One file, beside the base."""

    def __init__(
        self, base: Edition, revised: Revised, minted_from: str, shared: bool, certain: Collection[str]
    ) -> None:
        self.base, self.revised, self.minted_from, self.shared = base, revised, minted_from, shared
        self.by_key, self.outlined = base.by_key(), Outline(base)
        before, after = revised.before.texts, revised.after.texts
        self.pairs = paired(base.provisions, before, certain)
        self.keys = keys_of(base.provisions, before, self.pairs, after)
        self.missed: list[NotUnderstood] = []
        self.before = tuple(
            self.with_states(p, p) if p.key in self.by_key else p
            for p in fitted(settled(named(before, self.keys), self.by_key), self.by_key)
        )

    def understood(self, align: bool) -> Return:
        """Return what the file asks for."""
        differences = self.differences()
        if differences and not align:
            raise BaseDiffers(differences)
        own = not self.revised.is_tracked or same_text(self.before, self.base)
        old = self.base if own else Edition(self.base.language, outline(self.before))
        wished = self.wished()
        asked = changes_between(old, wished, minted_from=self.minted_from, shared=self.shared)
        keys = self.minted(wished, old, asked)
        carried = asked if own else self.carried(asked, old)
        changes = tuple(change for one in carried for change in self.proposable(one))
        return Return(changes, self.comments(changes, keys), (*self.unclear(), *self.missed), differences)

    def minted(self, wished: Edition, old: Edition, changes: Sequence[Change]) -> dict[str, str]:
        """Return the keys that new provisions have in the changes, by those they have in the file."""
        if not any(change.operation is Operation.INSERT for change in changes):
            return {}
        made = apply_changes(old, changes, order_of(old, changes) if self.shared else None).provisions
        return {w.key: m.key for w, m in zip(wished, made, strict=True) if w.key not in self.by_key}

    # -- the text before

    def differences(self) -> tuple[BaseDifference, ...]:
        """Return how the text it was made from differs; without tracked changes only what is foreign to the base."""
        if not self.revised.is_tracked:
            worded = [p for p in self.base if spelled(p)]
            known = {p.key for p in self.before}
            if sum(p.key in known for p in worded) >= _LEAST_FOUND * len(worded):
                return ()
        found: list[BaseDifference] = []
        read = {p.key: p for p in self.before}
        for p in self.base:
            if p.key not in read or not same_words(read[p.key], p):
                words = spelled_as_written(read[p.key]) if p.key in read else ""
                found.append(BaseDifference(p.key, spelled_as_written(p), words))
        last = ""
        for p in self.before:
            if p.key not in self.by_key and spelled(p):
                found.append(BaseDifference(last, "", spelled_as_written(p)))
            last = p.key if p.key in self.by_key else last
        return tuple(found)

    # -- the text after

    def wished(self) -> Edition:
        """Return what the file asks for, whole, under the keys of the base."""
        read = self.revised.after
        by = RecognisedBy.AUTOMATIC
        automatic = {self.keys[u.provision.key] for u in read.provisions if u.recognised_by is by}
        texts = [
            replace(p, label="") if p.key in automatic and _counts(p.label) and p is not self.by_key.get(p.key) else p
            for p in settled(named(read.texts, self.keys), self.by_key)
        ]
        kept = {p.key: p.label for p in self.base}
        known = {p.key: p for p in self.before}
        self.note_numbers([p for p in texts if p.label and p.key not in automatic], kept)
        read_exactly = self.by_key if self.revised.is_tracked and same_text(self.before, self.base) else {}
        bare = [without_number(p, self.by_key.get(p.key)) for p in texts]
        found = fitted(bare, self.by_key, read_exactly)
        found = tuple(
            _labelled(self.with_states(p, known.get(p.key)), kept[p.key]) if p.key in kept else p for p in found
        )
        return Edition(self.base.language, outline(found))

    def note_numbers(self, typed: Sequence[Provision], kept: Mapping[str, str]) -> None:
        """List the numbers typed otherwise, as one thing; those of rows may be Word's own, unless words stand there."""
        was = {p.key: p.label for p in self.before if p.label} if self.revised.is_tracked else kept
        own = (Kind.FOOTNOTE, Kind.TABLE)
        changed = [
            p
            for p in typed
            if was.get(p.key, p.label) not in ("", p.label)
            and p.kind not in own
            and not (p.kind is Kind.ROW and _COUNTED.fullmatch(p.label))
        ]
        if changed:
            told = "; ".join(f"{was[p.key]} → {p.label}" for p in changed)
            self.missed.append(NotUnderstood(changed[0].key, Unclear.CHANGED_NUMBER, told))

    def with_states(self, wished: Provision, before: Provision | None) -> Provision:
        """Return a provision with states where the base has states: words there are no wish one could carry."""
        base = self.by_key[wished.key]
        if wished is base:
            return base
        parts: dict[str, Content] = {}
        for name, now in wished.parts.items():
            was = base.parts.get(name, ())
            if not was or not now or isinstance(was, States) == isinstance(now, States):
                continue
            if before is None or before.parts.get(name, ()) != now:
                words = " ".join(sorted(now.members)) if isinstance(now, States) else plain(now)
                self.missed.append(NotUnderstood(wished.key, Unclear.STATES_AS_WORDS, words))
            parts[name] = was
        return replace(wished, parts={**wished.parts, **parts}) if parts else wished

    def carried(self, changes: Sequence[Change], old: Edition) -> tuple[Change, ...]:
        """Return the changes that were made on the text before, as they stand on the base."""
        found = []
        for change in changes:
            new = carry(change, old, self.base)
            if new.change is not None:
                found.append(new.change)
            elif new.kind is CarryKind.MUST_BE_RESTATED:
                self.missed.append(NotUnderstood(self.near(change), Unclear.MUST_BE_RESTATED, _excerpt(change)))
        return tuple(found)

    def near(self, change: Change) -> str:
        """Return the base's provision that a change is on, or the nearest before it."""
        place = change.place
        for key in (change.key, place.after if place else None, place.parent if place else None):
            if key in self.by_key:
                return str(key)
        return ""

    def proposable(self, change: Change) -> tuple[Change, ...]:
        """Return a change but for what it does to pictures, contents and equations: these are carried as they are."""
        base = self.by_key.get(change.key)
        if base is not None and base.kind is Kind.FIXED:
            self.missed.append(NotUnderstood(change.key, Unclear.CHANGED_OBJECT, plain(base.text)))
            return ()
        if change.operation in (Operation.DELETE, Operation.MOVE):
            self.missed += [
                NotUnderstood(p.key, Unclear.CHANGED_OBJECT, plain(p.text))
                for p in self.going_along(change)
                if p.kind is Kind.FIXED
            ]
        fixed = {p.key for p in change.block if p.kind is Kind.FIXED}
        if not fixed:
            return (change,)
        self.missed += [NotUnderstood(self.near(change), Unclear.CHANGED_OBJECT, "") for _ in fixed]
        block = tuple(
            replace(p, parent=change.place.parent if change.place and p.parent in fixed else p.parent)
            for p in change.block
            if p.key not in fixed
        )
        return (replace(change, key=block[0].key, block=block),) if block else ()

    def going_along(self, change: Change) -> Sequence[Provision]:
        """Return what goes or moves with a provision, itself too."""
        if change.alone:
            return ()
        span = self.outlined.span(change.key)
        return self.base.provisions[span.start : span.stop]

    # -- what else it says

    def comments(self, changes: Sequence[Change], minted: Mapping[str, str]) -> dict[str, tuple[WordComment, ...]]:
        """Return the comments by what they are about; *minted* are the keys that new provisions have in the changes."""
        changed = {p.key: change.key for change in changes for p in change.block}
        for change in changes:
            if change.operation is Operation.DELETE:
                changed.update({p.key: change.key for p in self.going_along(change)})
        found: dict[str, list[WordComment]] = {}
        for comment in self.revised.comments:
            key = self.keys.get(comment.provision, "")
            key = minted.get(key, key)
            key = changed.get(key, key)
            known = key in self.by_key or any(change.key == key for change in changes)
            found.setdefault(key if known else "", []).append(comment)
        return {key: tuple(them) for key, them in found.items()}

    def unclear(self) -> list[NotUnderstood]:
        """Return what was not understood after the changes, without what was so before them."""
        before: Counter[tuple[str, str, str]] = Counter()
        if self.revised.is_tracked:
            before.update((n.where, n.what, n.excerpt) for n in self.revised.before.not_understood)
        found = []
        for n in self.revised.after.not_understood:
            if before[n.where, n.what, n.excerpt] > 0:
                before[n.where, n.what, n.excerpt] -= 1
                continue
            key = self.keys.get(n.where, "")
            found.append(replace(n, where=key if key in self.by_key else ""))
        return found


def spelled_as_written(provision: Provision) -> str:
    """Return the label and the words of a provision on one line, to be shown to a person."""
    parts = (c for c in provision.parts.values() if not isinstance(c, States))
    states = sorted(code for c in provision.parts.values() if isinstance(c, States) for code in c.members)
    return " ".join(" ".join([provision.label, *map(plain, parts), *states]).split())


def _labelled(provision: Provision, label: str) -> Provision:
    return provision if provision.label == label else replace(provision, label=label)


def _counts(label: str) -> bool:
    """Whether a label that Word counts is a number or letter, not a bullet: beside typed labels it would be wrong."""
    return any(character.isalnum() for character in label)


def _excerpt(change: Change) -> str:
    parts = [change.parts or {}, *(p.parts for p in change.block)]
    return " ".join(plain(c) for each in parts for c in each.values() if not isinstance(c, States))
