"""Before a word is read: what text recognition made of blanks and ruled lines, and cells joined with nothing between.

`specks` and `spaced` undo the first; `glued`, `blurred` and `prose` cut the second.
"""
