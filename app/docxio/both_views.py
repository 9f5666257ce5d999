"""A file before and after its tracked changes, read in step: what stands alike in both is read once."""

from collections.abc import Iterator

from app.docxio.atoms import AFTER, BEFORE, BOTH
from app.docxio.reader import Draft, Source
from app.docxio.state_names import StateNames
from app.docxio.stories import Block, Paragraph, Story, Table


def read_views(source: Source, states: StateNames) -> tuple[Draft, Draft]:
    """Return a file before and after its tracked changes.

    What stands in both is read once, as long as nothing before it makes it read otherwise in one of them: the two share
    its pieces.
    """
    columns: dict[Table, tuple[str, ...]] = {}
    before, after = Draft(source, states, BEFORE, columns), Draft(source, states, AFTER, columns)
    together, same = True, list[Block]()
    for blocks in _closed(source.body):
        if together and len(blocks) == 1 and _is_same(blocks[0]):
            same += blocks
            continue
        after.share(before, same)
        same = []
        before.read(blocks)
        after.read(blocks)
        together = after.stands_with(before)
    after.share(before, same)
    before.end()
    after.end()
    return before, after


def _closed(story: Story) -> Iterator[Story]:
    """Yield the blocks of a story in groups at whose end no paragraph waits for the end of its line in either view."""
    waiting: Story = []
    for block in story:
        waiting.append(block)
        if block.mask == BOTH and (not isinstance(block, Paragraph) or block.mark == BOTH):
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _is_same(block: Block) -> bool:
    """Whether a block reads alike in both views, wherever lists and headings stand alike before it."""
    if not isinstance(block, Paragraph):
        return isinstance(block, Table) and block.is_same
    inline = block.inline
    return (
        inline.is_same
        and block.old is block.properties
        and not (inline.objects or inline.unclear or inline.in_contents or block.boxes)
        and not block.style.is_contents
    )
