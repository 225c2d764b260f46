# SPDX-License-Identifier: EUPL-1.2
from communique.events.article import Divider, Image, Paragraph
from communique.testing.articles import INLINE
from communique.testing.hard_articles import every_block
from syndicator.domain.plain_text import plain_text

EXPECTED = """Terms & <conditions> "quoted"

A short line
and its annex.

日本, H2O, 103, 5 < 6 & 7

Lists

• one
• two

1. first
2. second

We agree.
— Both sides & friends

Nobody in particular.

Trade & aid
\tbn
Exports\t12,5
Imports\t7

a\tb

The press conference: https://video.example.org/watch?v=1&t=2

https://video.example.org/2

Controls are dropped, ]]> and --> are not."""


def test_every_block_as_plain_text():
    assert plain_text(every_block().locales["en"].body) == EXPECTED


def test_what_cannot_be_read_aloud_is_left_out():
    assert plain_text((Image(INLINE), Paragraph("a"), Divider(), Paragraph(" "))) == "a"
