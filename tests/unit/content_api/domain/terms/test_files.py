# SPDX-License-Identifier: EUPL-1.2
import pytest

from content_api.domain.terms.concept import Concept, ConceptKind, ForbiddenForm, LocaleForms
from content_api.domain.terms.csv_file import read_csv, write_csv
from content_api.domain.terms.places import Field
from content_api.domain.terms.tbx_file import read_tbx
from content_api.domain.terms.tbx_writing import write_tbx

CONCEPTS = (
    Concept(
        "sea",
        ConceptKind.SEA,
        {
            "vi": LocaleForms("Biển Đông", (), (ForbiddenForm("Nam Hải", "a & <b>"),)),
            "zh-Hans": LocaleForms("东海", ("东海（南海）",), case_sensitive=True),
        },
        definition='A "sea", of ours',
        note="x",
    ),
    Concept(
        "kept",
        ConceptKind.OTHER,
        {"en": LocaleForms("áo dài", (), (), True, preferred_in=(Field.TITLE, Field.BODY))},
    ),
)
HEAD = "id,kind,locale,status,form,reason\n"
TBX = (
    '<tbx type="TBX-Basic" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>\n'
    '<conceptEntry id="c">%s<langSec xml:lang="en"><termSec><term>x</term>%s</termSec>'
    "</langSec></conceptEntry></body></text></tbx>"
)


@pytest.mark.parametrize(("write", "read"), [(write_csv, read_csv), (write_tbx, read_tbx)])
def test_what_is_written_is_read(write, read):
    parsed = read(write(CONCEPTS))
    assert parsed.problems == ()
    assert parsed.concepts == CONCEPTS


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("id,kind,locale,status,form,colour\n", 1, 6),
        ("id,kind,locale,status\n", 1, 5),
        (HEAD + "c,planet,en,preferred,x,\n", 2, 2),
        (HEAD + "c,sea,EN,preferred,x,\n", 2, 3),
        (HEAD + "c,sea,en,best,x,\n", 2, 4),
        (HEAD + "c,sea,en,preferred,x\n", 2, 6),
        (HEAD + "c,sea,en,preferred,x,y\n", 2, 6),
        (HEAD + "c,sea,en,preferred,x,\nc,sea,en,preferred,y,\n", 3, 4),
        (HEAD + "c,sea,en,forbidden,x,why\n", 2, 5),
        (HEAD + "C C,sea,en,preferred,x,\n", 2, 1),
    ],
)
def test_csv_tells_row_and_column_of_what_it_does_not_understand(text, row, column):
    assert (row, column) in {(each.row, each.column) for each in read_csv(text.encode()).problems}


def test_csv_that_is_not_utf_8_is_refused():
    assert read_csv(HEAD.encode() + b"c,sea,fr,preferred,\xe9,\n").problems[0].row == 2


@pytest.mark.parametrize(
    "text",
    [
        TBX % ("<colour>red</colour>", ""),
        TBX % ("", '<termNote type="colour">red</termNote>'),
        TBX % ('<descrip type="subjectField">planet</descrip>', ""),
    ],
)
def test_tbx_tells_row_and_column_of_what_it_does_not_understand(text):
    (problem,) = read_tbx(text.encode()).problems
    assert problem.row == 2
    assert problem.column > 1


def test_what_says_nothing_about_names_is_ignored_and_told():
    parsed = read_tbx((TBX % ("", '<termNote type="partOfSpeech">noun</termNote>')).encode())
    assert parsed.problems == ()
    assert len(parsed.ignored) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE tbx [<!ENTITY a "x">]><tbx>&a;</tbx>',
        '<!DOCTYPE tbx SYSTEM "x.dtd"><tbx><text><body>&a;</body></text></tbx>',
        '<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/hostname">]><tbx/>',
        "<tbx><text>",
        "",
    ],
)
def test_entities_and_broken_xml_are_refused(text):
    parsed = read_tbx(text.encode())
    assert parsed.problems
    assert parsed.concepts == ()
