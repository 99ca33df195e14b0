"""Labels: what may be one is never taken for what cannot be one."""

from __future__ import annotations

from itertools import product

import pytest

from jxmb import labels
from jxmb.labels.joining import may_begin

BEFORE = ("", "一、", "（一）", "1.", "12、", "★", "其中：", "其中", "※(1)", "#")
BEHIND = ("", "(万元)", "（10分）", "10分", "[x]", "【y】", "：", "*")


def test_every_beginning_of_a_label_may_begin_one():
    for word, before, behind in product(labels.known(), BEFORE, BEHIND):
        text = before + word + behind
        if labels.find(text):
            heads = [text[:cut] for cut in range(1, len(text))]
            assert all(map(may_begin, heads)), text


@pytest.mark.parametrize("text", ["滨河步道改造", "标生态效益指标", "≥95%", "河港区园林局"])
def test_other_texts_begin_none(text: str):
    assert not may_begin(text)
