"""The numbers by which what is drawn and written on a page becomes lines, cells and paragraphs."""

from ...deferred import dataclass


@dataclass(frozen=True, slots=True)
class Drawn:
    """What drawings are lines, and how much of them a page may have."""

    near: float = 3.0  # points: lines so near to each other touch, none is thicker or shorter
    white: int = 250  # from this share of red, green and blue on (of 255) a line is not seen
    curves: int = 200  # so many drawn shapes on a page without text are its text
    corners: int = 4  # of a shape that is no curve
    depth: int = 8  # forms within forms
    objects: int = 60_000  # of a page
    lines: int = 4_000  # of a page, those that lie on each other joined: more are a drawing
    fields: int = 100_000  # of the grid of a table


@dataclass(frozen=True, slots=True)
class Written:
    """How characters stand to each other, in sizes of one."""

    middle: float = 0.38  # of a character above its base line
    word: float = 0.25  # gap between letters of two words; in half of it nothing stands, but the same drawn again
    apart: float = 0.4  # gap between cells of a page without lines
    column: float = 1.5  # gap between words of two columns; by so much a full line may be short
    indent: float = 3.0  # of the first line of a paragraph, at most
    leading: float = 2.2  # distance of base lines of one paragraph
    alike: float = 0.1  # by which the sizes of its lines may differ
    rows: int = 4  # of a table that paper cut off at its side
    strips: int = 20  # pages that wait for those to the right of them
    parts: int = 50  # of a table: what goes on over more pages is no form


@dataclass(frozen=True, slots=True)
class Pictured:
    """What of a picture is a text or a line; in heights of a text where nothing is said."""

    inch: int = 72  # points
    dpi: int = 200  # at which pages that are pictures are looked at
    side: float = 595.0  # points of the short side of a page; what pictures say of their resolution is not believed
    size: float = 0.8  # of a character, in the height of its box
    legible: float = 0.5  # what is read less surely is no text
    block: int = 31  # points of the picture: one is dark if it is darker than those around it
    darker: int = 12  # by so much (of 255)
    thick: int = 12  # points of the picture: a line is at most so thick
    across: float = 1.5  # shorter runs are no lines
    down: float = 0.8
    hole: float = 0.16  # a line goes on behind such a hole, as one of dashes does
    long: float = 4.0  # shorter runs down stand between lines across
    near: float = 0.25  # and end so near to them
    edge: float = 0.15  # what is so near to the edge of a text does not go through it
    inside: float = 0.6  # share of a run that stands in a text


@dataclass(frozen=True, slots=True)
class Lying:
    """How a page lies on a picture."""

    askew: float = 5.0  # degrees: lines that lean further belong to no table
    step: float = 0.05  # degrees: what leans less stands straight
    share: float = 0.2  # of the width of a page: shorter lines do not tell how it leans
    lines: int = 50  # those with the most points tell it
    contrast: tuple[int, int] = (50, 150)  # of an edge beside one, and of one (of 255)
    tall: float = 1.5  # a text so much longer than high tells whether the page is turned
    sample: int = 12  # so many of them
    shape: tuple[int, int, int] = (3, 48, 48)  # colours, height, least width of a text to read


DRAWN, WRITTEN, PICTURED, LYING = Drawn(), Written(), Pictured(), Lying()
