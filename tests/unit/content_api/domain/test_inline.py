# SPDX-License-Identifier: EUPL-1.2
import pytest

from content_api.domain.errors import NotInline
from content_api.domain.inline import clean


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Chữ thường", "Chữ thường"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<EM>x</EM>", "<em>x</em>"),
        ("một<br/>hai", "một<br>hai"),
        ("caf&eacute;", "café"),
        ("cafe&#x301;", "café"),
        (
            '<a href="https://example.org/?a=1&b=2">q</a>',
            '<a href="https://example.org/?a=1&amp;b=2">q</a>',
        ),
        ('<a href="mailto:press@example.org">q</a>', '<a href="mailto:press@example.org">q</a>'),
        ('<span lang="fr">mot</span>', '<span lang="fr">mot</span>'),
        (
            "H<sub>2</sub>O <strong>m<sup>2</sup></strong>",
            "H<sub>2</sub>O <strong>m<sup>2</sup></strong>",
        ),
        ("&lt;script&gt;", "&lt;script&gt;"),
    ],
)
def test_allowed_text_is_kept_in_one_form(given, kept):
    assert clean(given) == kept
    assert clean(kept) == kept


@pytest.mark.parametrize(
    "given",
    [
        "<script>alert(1)</script>",
        "x<script>",
        "<SCRIPT SRC=//evil.example></SCRIPT>",
        "<p>block</p>",
        "<b>old</b>",
        '<img src="x" onerror="alert(1)">',
        '<em onclick="alert(1)">x</em>',
        '<em class="big">x</em>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<a href="/relative">x</a>',
        '<a href="//other.example">x</a>',
        '<a href="https">x</a>',
        '<a href="http://[">x</a>',
        '<a href="https://example.org" target="_blank">x</a>',
        '<span style="color:red">x</span>',
        "<!-- secret -->",
        "<!doctype html>",
        "<?php echo 1 ?>",
        "<![CDATA[x]]>",
        "<em>open",
        "<em><strong>x</em></strong>",
        "<em>&#x338;x</em>",
        "a&#1;b",
        "a&#xFFFE;b",
        "<svg><a href='https://example.org'>x</a></svg>",
        "<em",
    ],
)
def test_anything_else_is_refused(given):
    with pytest.raises(NotInline):
        clean(given)
