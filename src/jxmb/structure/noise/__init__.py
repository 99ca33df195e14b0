"""Before a word is read: what text recognition made of blanks and ruled lines, and cells joined with nothing between.

`specks` and `letterspaced` undo the first; `run_together`, `blurred` and `prose` cut the second.
"""
