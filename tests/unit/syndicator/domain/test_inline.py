# SPDX-License-Identifier: EUPL-1.2
import pytest

from syndicator.domain.inline import as_html, as_text, printable

BASE = "https://mofa.example.org/vi/bai"


@pytest.mark.parametrize(
    ("inline", "text"),
    [
        ("plain  \n text", "plain text"),
        ("a <strong>b</strong>&amp;c", "a b&c"),
        ("one<br>two <br> three\nfour", "one\ntwo\nthree four"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        ('<span lang="ja">日本</span>', "日本"),
        ("", ""),
    ],
)
def test_plain_text_of_inline_html(inline, text):
    assert as_text(inline) == text


@pytest.mark.parametrize(
    ("inline", "html"),
    [
        ("5 &lt; 6", "5 &lt; 6"),
        ("a<br>b", "a<br>b"),
        ("<em>open", "<em>open</em>"),
        (
            '<a href="/x?a=1&amp;b=2">x</a>!',
            '<a href="https://mofa.example.org/x?a=1&amp;b=2">x</a>!',
        ),
        ('<a href="https://b.example.org">b</a>', '<a href="https://b.example.org">b</a>'),
        ("<a>no address</a>", "<a>no address</a>"),
        ("Tiếng <strong>Việt</strong>", "Tiếng <strong>Việt</strong>"),
    ],
)
def test_inline_html_is_well_formed_and_absolute(inline, html):
    assert as_html(inline, BASE) == html


def test_only_what_xml_can_carry_is_kept():
    assert printable("a\x00\x08\x0b\x1f\ud800\ufffe\uffffb\t\n\rạ👍\x7f") == "ab\t\n\rạ👍\x7f"
