"""The names by which ``convert -v`` calls how a form was read, and what each of them means, in both languages."""

from __future__ import annotations

from typing import NamedTuple

from .words import Words


class Named(NamedTuple):
    """What a condition, a pass, a way or a step is called in Chinese, and what it does."""

    zh: str
    means: Words


def _named(zh: str, means: str, en: str) -> Named:
    return Named(zh, Words(means, en))


# In English they are called as the packages `structure`, `repair` and `reader` call them.
NAMES = {
    # What says that cells were lost.
    "merged rows": _named(
        "多行并成一格",
        "表格的一格里有几行的名称和值。",
        "A cell of the table holds the names and values of several rows.",
    ),
    "visual rows": _named(
        "一行是页面上的一行",
        "表格的一行只是页面上的一行文字，一格分在几行。",
        "A row of the table is a line of the page, and a cell stands over several.",
    ),
    "read rules": _named(
        "竖线是识别出的表格线",
        "文字中的竖线是识别出的表格线，不分列。",
        "The bars in the lines are ruled lines that were read, and part no columns.",
    ),
    "loose": _named(
        "单元格散落",
        "多数行没有分隔符，各格散落在文字中。",
        "Most lines have no delimiters: the cells lie loose in the text.",
    ),
    # What mends cells that were kept.
    "split columns": _named(
        "一列被拆成几列",
        "表格线切开了格或没分开格，按格内各行重新拼合。",
        "Edges cut cells or failed to part them: put right by the lines in them.",
    ),
    "wrapped cells": _named(
        "单元格折行",
        "写满的一格在下一行接着写，拼回一格。",
        "A full cell goes on in the next row: both are one.",
    ),
    "displaced marks": _named(
        "标点落在行尾",
        "小数点、逗号、破折号落在行尾，放回原处。",
        "Points, commas and dashes stand behind their line: put back where they were.",
    ),
    "glyph order": _named(
        "字符次序颠倒",
        "数字和符号排在汉字前面，按日期、比率等重排。",
        "Figures and signs stand before the Chinese of their line: put in order.",
    ),
    "overflow": _named(
        "单元格末尾落到下一格",
        "格的末尾几个字落到了下一格，还给上一格。",
        "The last characters of a cell stand in the one below: given back.",
    ),
    # What is undone in the text before its words are read.
    "letter-spacing": _named(
        "字间空格",
        "文字识别在字间留下空格，去掉。",
        "Blanks that text recognition left between letters are taken out.",
    ),
    "specks": _named(
        "污点和表格线",
        "污点和识别出的表格线，去掉。",
        "Specks and ruled lines that were read as text are taken out.",
    ),
    "letters of dirt": _named(
        "污点认成的字母",
        "格外单独的字母是污点，去掉。",
        "Single letters beside the cells are dirt, and taken out.",
    ),
    "cells run together": _named(
        "单元格粘连",
        "几格文字相连，按栏目名称和数值断开。",
        "Cells joined with nothing between are cut at labels and values.",
    ),
    "signs": _named(
        "误识的比较符",
        "全表只有 > 和 <，没有 ≥ 和 ≤，按 ≥ 和 ≤ 读。",
        "A form with > and < and no ≥ or ≤ is read as if it had these.",
    ),
    "colons": _named(
        "标签与内容之间的冒号",
        "“项目名称：…”在冒号处断开。",
        "A label and the text behind its colon are two.",
    ),
    "values run together": _named(
        "名称与指标值粘连",
        "名称后面紧接指标值，断开。",
        "A name with its value right behind it is cut in two.",
    ),
    "repeated cells": _named(
        "合并单元格重复打印",
        "合并单元格的文字每列印一遍，只留一遍。",
        "A merged cell printed in every column that it covers is kept once.",
    ),
    "margin label": _named(
        "边栏的“绩效指标”",
        "表格左边竖排的“绩效指标”，去掉。",
        "The label 绩效指标 beside the table is taken out.",
    ),
    "names like labels": _named(
        "指标名称与栏目同名",
        "“完成时间”等在指标行里是指标名称，不是栏目。",
        "What is called like a label (完成时间) in a row of the table is its name.",
    ),
    "remnants": _named(
        "残留的标签碎片",
        "文字识别留下的标签碎片，去掉。",
        "Pieces of labels that text recognition left are taken out.",
    ),
    "impossible rows": _named(
        "不成行的文字",
        "名称和值不可能是一行的，去掉。",
        "Rows that can be none, by their names and values, are taken out.",
    ),
    # The ways in which a form without cells is read; the one of most worth is taken.
    "in sequence": _named(
        "逐格顺读", "文字按格的先后读成行。", "The words make rows in the order in which they come."
    ),
    "on the page": _named(
        "按页面位置",
        "文字按在页面上的位置读成行。",
        "The words make rows by their places on the page.",
    ),
    "by place": _named(
        "按栏位置",
        "每一栏的文字在自己的表头下方，按栏读，再按行高分行。",
        "The words of each column stand below its head, so they are put to columns, and these into rows.",
    ),
    "no table": _named(
        "没有指标表",
        "文字里没有指标表，只读上面各栏。",
        "The text has no table of indicators: only its fields are read.",
    ),
    "columnwise": _named(
        "逐列顺读",
        "各列先后印出，名称与值按次序配对。",
        "The columns stand one after another: names and values are paired in order.",
    ),
    "columnwise in pairs": _named(
        "逐列顺读，文字两两成对",
        "同上，值后面的文字两两为名称和值。",
        "The same, the words behind a value as names and values in turn.",
    ),
    "columnwise in steps": _named(
        "逐列顺读，名称与值交替",
        "同上，几个名称后面是同样多的值，值可以是文字。",
        "The same, some names and as many values in turn, words among them.",
    ),
    "cells joined": _named(
        "格内各行相连",
        "合并的格拆开后，写满的一行接下一行。",
        "Of the cells of merged rows a full line goes on in the next one.",
    ),
    "cells apart": _named(
        "格内各行分开",
        "合并的格拆开后，一行是一格。",
        "Of the cells of merged rows each line is a cell.",
    ),
    # The steps from rows to indicators.
    "grid": _named(
        "整页成表",
        "页面上的文字是一张多项目的表，按位置成行。",
        "The lines of a page are a table of many projects, told by their places.",
    ),
    "outline": _named(
        "逐条列出的文字",
        "没有表格，指标逐条写在指标名称下面。",
        "No table: the indicators are told line by line below the words of levels.",
    ),
    "lying table": _named(
        "横放的指标表",
        "表头在左边，一列是一个指标，转成一行一个。",
        "The heads stand at the left, each indicator in a column: set upright.",
    ),
    "heads over rows": _named(
        "表头分几行", "表头分在几行，合成一行。", "Heads that stand over several rows are one row."
    ),
    "several rows in one": _named(
        "几行并成一行",
        "一行里有几个指标类别和同样多的名称、值，分成几行。",
        "A row with several level labels and as many names and values is parted.",
    ),
    "lists in cells": _named(
        "一格列出几项",
        "一格列出几个名称，另一格列出同样多的值，分成几行。",
        "A cell that lists names beside one that lists as many values is parted into rows.",
    ),
    "sentences in cells": _named(
        "一格写明几项",
        "一格里每行写明一个指标和它的值，分成几行。",
        "A cell that tells an indicator with its value on each line is parted into rows.",
    ),
    "fallen rows": _named(
        "掉出表格的行",
        "表格中间没有分隔符的行，读作表中的行。",
        "Lines without delimiters within a table are read as its rows.",
    ),
    "shared cells": _named(
        "两期共用的单元格",
        "两期相同的格只印一次，两期都算。",
        "Cells printed once for both terms belong to both.",
    ),
    "column without a head": _named(
        "表头不明的列",
        "表头不明、内容像指标值的列，算作指标值。",
        "A column whose head nobody knows and which holds values is that of the targets.",
    ),
    "level by its labels": _named(
        "按内容认定的级次列",
        "唯一的级次列写的是一级指标，按一级指标读。",
        "The only column of levels is read as level 1 where its labels are.",
    ),
    "column of signs": _named(
        "只有符号的列",
        "两个指标值列中只有符号的一列，算作符号列。",
        "Of two columns of targets one that holds signs only is that of the signs.",
    ),
    "names over rows": _named(
        "名称分占两行",
        "名称的末尾独占一行，接到上一行。",
        "The end of a name on a row of its own goes to the row above.",
    ),
}
