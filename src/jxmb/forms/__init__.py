"""One form in page terms: where it ends, and what its parts look like."""

from ..deferred import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the lines of a form are (in code points), and how many of what make a form.

    `line`, `states` and `marks` only keep the work small: what is beyond is no form of one page.
    """

    line: int = 2_000  # of a line that are looked at
    title: int = 60  # of a title that does not end in the kind of its form
    shortest_title: int = 5
    long: int = 15  # of a line of a title that may go on below
    page: int = 40  # of the mark of a page, of a year, or of a line up to the end of the label that opens a form
    figures: int = 4  # of the number of a page
    word: int = (
        12  # beyond which a text is more than a number, a unit, or a word that is two times right
    )
    some: int = 3  # words of a form, heads, labels or rows that agree, which are no chance
    heads: int = 4  # of a list of projects
    words: int = 25  # of a form in one line
    text: int = 25  # of a line of running text
    above: int = (
        2  # lines of a title, rows of heads, or of a label printed again, above the last one
    )
    lead: int = 12  # lines before a form without title that are looked at once it opens
    body: int = 8  # lines below a title, beyond which they are more than its line, year and unit
    rows: int = 8  # last ones of a table, which tell how its rows are filled
    states: int = 40  # ways to cut a table into blocks that are followed at the same time
    marks: int = 200  # level labels of a table
    page_lines: int = 40  # of a page where no form feeds part the pages
    fed_lines: int = 200  # of one where they do
    centred: float = 0.5  # mean square distance, in rows, of labels from the middle of their block


LIMITS = Limits()
