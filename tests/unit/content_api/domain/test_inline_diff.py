# SPDX-License-Identifier: EUPL-1.2
import random

import pytest

from content_api.domain import inline
from content_api.domain.align import Budget
from content_api.domain.inline_diff import Change, compare_words, show, words_of, words_of_html


def shown(before, now):
    return show(compare_words(words_of_html(before), words_of_html(now), Budget()))


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("Open to all.", "Open to all.", "Open to all."),
        ("Open to all.", "Open to few.", "Open to <del>all</del><ins>few</ins>."),
        ("", "New", "<ins>New</ins>"),
        ("Old", "", "<del>Old</del>"),
        ("one two", "six ten", "<del>one two</del><ins>six ten</ins>"),
        ("Một <em>hai</em>", "Một hai", "Một <del><em>hai</em></del><ins>hai</ins>"),
        ("a<br>b", "a<br>c", "a<br><del>b</del><ins>c</ins>"),
        ("外交部发言人", "外交部新发言人", "外交部<ins>新</ins>发言人"),
        ("การทูต", "การทูตใหม่", "การทูต<ins>ใหม่</ins>"),
        ("1 &lt; 2", "1 &lt; 3", "1 &lt; <del>2</del><ins>3</ins>"),
        ("hoà bình", "hòa bình", "<del>hoà</del><ins>hòa</ins> bình"),
        (
            '<a href="https://a.example/">x</a>',
            '<a href="https://b.example/">x</a>',
            '<del><a href="https://a.example/">x</a></del><ins><a href="https://b.example/">x</a></ins>',
        ),
    ],
)
def test_what_differs_is_marked(before, now, told):
    assert shown(before, now) == told


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)" onclick="x()">x</a>',
        '<span lang="&quot;><script>">x</span>',
        "<em>never closed",
        "</em>never opened",
        "<em><strong>crossed</em></strong>",
        "<img src=x onerror=alert(1)>",
        "<!-- --><ins>x</ins>",
    ],
)
def test_no_text_can_break_out(hostile):
    for pieces in (
        compare_words(words_of_html(hostile), words_of_html("y"), Budget()),
        compare_words(words_of(hostile), words_of("y"), Budget()),
    ):
        for piece in pieces:
            assert inline.clean(piece.html) is not None
            assert "javascript:" not in piece.html or "<a" not in piece.html


PARTS = ("vì ", "hoà ", "bình", "<em>x y</em>", "<br>", "<strong>z</strong>", " ", "和", "&amp;")


@pytest.mark.parametrize("seed", range(200))
def test_both_texts_can_be_read_back(seed):
    dice = random.Random(seed)
    before, now = ("".join(dice.choices(PARTS, k=dice.randrange(12))) for _ in range(2))
    old, new = words_of_html(before), words_of_html(now)
    pieces = compare_words(old, new, Budget())
    kept = {Change.REMOVED: "", Change.ADDED: ""}
    for piece in pieces:
        for side in kept:
            if piece.change in (side, Change.SAME):
                kept[side] += piece.text
        inline.clean(piece.html)
    assert kept[Change.REMOVED] == "".join(word.text for word in old)
    assert kept[Change.ADDED] == "".join(word.text for word in new)
