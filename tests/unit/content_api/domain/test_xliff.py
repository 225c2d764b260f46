# SPDX-License-Identifier: EUPL-1.2
"""XLIFF out and in: nothing is lost on the way, and what is wrong is named by its unit."""

from dataclasses import replace

import pytest
from lxml import etree

from communique.errors import InvalidInput
from communique.events.article import Paragraph
from content_api.domain.filling import fill
from content_api.domain.translation import Origin, first_links, side_by_side
from content_api.domain.translation_errors import NotXliff
from content_api.domain.xliff_file import Job
from content_api.domain.xliff_import import Sources, take
from content_api.domain.xliff_read import read_xliff
from content_api.domain.xliff_write import direction, write_xliff
from content_api.testing.translations import every_block

BOTH = every_block(arabic=True)
VIETNAMESE = every_block()
ID = "01941f29-7c00-7000-8000-000000000001"
JOB = Job(ID, 1, "vi", "ar")
NAMES = {"x": "urn:oasis:names:tc:xliff:document:2.0"}


def lines(document):
    links = first_links(document, 1, "ar") if "ar" in document.locales else ()
    return side_by_side(links, document, "ar", lambda _: document)


def export(document=BOTH, *, origin=Origin.SAVED, public=False):
    return write_xliff(JOB, lines(document), origin=origin, public=public)


def bring_in(content, document=BOTH, exported=None):
    _, units = read_xliff(content)
    return take(units, Sources(exported or document, document), lines(document))


def edited(content, path, change):
    """Return the file with something done to the one element there."""
    root = etree.fromstring(content)
    (element,) = root.xpath(path, namespaces=NAMES)
    change(element)
    return etree.tostring(root)


def unit(id_, inner=""):
    return f"//x:unit[@id='{id_}']{inner}"


def named(refusal):
    return set(refusal.value.errors)


def test_a_file_comes_back_as_it_went_out():
    taken = bring_in(export())
    assert (taken.texts, taken.changed, taken.reviewed) == ({}, False, False)


def test_a_translation_made_from_the_file_is_the_one_that_went_in():
    """What Arabic has, put into a file of the source alone, makes the same Arabic."""
    root = etree.fromstring(export(VIETNAMESE))
    for element in etree.fromstring(export()).iterfind(".//x:unit", NAMES):
        place = root.find(f".//x:unit[@id='{element.get('id')}']", NAMES)
        place.getparent().replace(place, element)
    taken = bring_in(etree.tostring(root), VIETNAMESE)
    filled = fill(VIETNAMESE, "ar", taken.texts, {})
    arabic = filled.document.locales["ar"]
    assert arabic == replace(BOTH.locales["ar"], slug="khai-mac")
    assert filled.document.media == BOTH.media


def test_languages_and_directions_are_named():
    root = etree.fromstring(export())
    assert dict(root.attrib) == {"version": "2.1", "srcLang": "vi", "trgLang": "ar"}
    file = root.find("x:file", NAMES)
    assert (file.get("srcDir"), file.get("trgDir")) == ("ltr", "rtl")
    assert file.get("original") == f"urn:communique:article:{ID}:draft:1"


@pytest.mark.parametrize(
    ("locale", "way"),
    [("ar", "rtl"), ("vi", "ltr"), ("zh-Hans", "ltr"), ("uz-Arab", "rtl"), ("fa-IR", "rtl")],
)
def test_the_direction_of_a_language(locale, way):
    assert direction(locale) == way


def test_inline_elements_are_codes_with_their_original():
    (found,) = etree.fromstring(export()).xpath(unit("body.1.html"), namespaces=NAMES)
    data = {each.get("id"): each.text for each in found.iterfind(".//x:data", NAMES)}
    source = found.find("x:segment/x:source", NAMES)
    link = next(each for each in source.iter("{*}pc") if each.get("type") == "link")
    assert data[link.get("dataRefStart")] == '<a href="https://www.example.org/tin">'
    assert link.get("canDelete") == "no"
    (line_break,) = source.iter("{*}ph")
    assert (data[line_break.get("dataRef")], line_break.get("subType")) == ("<br>", "xlf:lb")
    same = next(
        each
        for each in found.find("x:segment/x:target", NAMES).iter("{*}pc")
        if each.get("type") == "link"
    )
    assert same.get("id") == link.get("id")


@pytest.mark.parametrize(
    ("origin", "public", "state"),
    [
        (Origin.MACHINE, False, "translated"),
        (Origin.SAVED, False, "translated"),
        (Origin.IMPORTED, False, "translated"),
        (Origin.CONFIRMED, False, "reviewed"),
        (Origin.SAVED, True, "final"),
        (Origin.MACHINE, True, "translated"),
    ],
)
def test_units_tell_their_state(origin, public, state):
    root = etree.fromstring(export(origin=origin, public=public))
    assert {each.get("state") for each in root.iter("{*}segment")} == {state}


def test_a_new_language_has_no_targets():
    root = etree.fromstring(export(VIETNAMESE, origin=None))
    assert not list(root.iter("{*}target"))
    assert {each.get("state") for each in root.iter("{*}segment")} == {"initial"}


def test_a_stale_unit_is_initial_and_says_what_its_source_was():
    now = BOTH.with_locale("vi", replace(BOTH.locales["vi"], title="Tên mới"))
    rows = side_by_side(
        first_links(BOTH, 1, "ar"), now, "ar", lambda number: BOTH if number == 1 else now
    )
    root = etree.fromstring(write_xliff(JOB, rows, origin=Origin.SAVED, public=True))
    (found,) = root.xpath(unit("title"), namespaces=NAMES)
    assert found.find("x:segment", NAMES).get("state") == "initial"
    assert "Khai mạc tuần lễ văn hoá" in found.findtext("x:notes/x:note", None, NAMES)


def test_only_what_changed_is_taken():
    content = edited(
        export(), unit("title", "//x:target"), lambda target: setattr(target, "text", "عنوان آخر")
    )
    taken = bring_in(content)
    assert (taken.texts, taken.changed) == ({"title": "عنوان آخر"}, True)


def test_text_is_taken_in_nfc_and_escaped():
    content = edited(
        export(),
        unit("body.0.text", "//x:target"),
        lambda target: setattr(target, "text", "e\u0301 < & >"),
    )
    assert bring_in(content).texts == {"body.0.text": "é < & >"}
    content = edited(
        export(),
        unit("body.3.items.0", "//x:target"),
        lambda target: setattr(target, "text", "a < b"),
    )
    assert bring_in(content).texts == {"body.3.items.0": "a &lt; b"}


def test_codes_may_be_moved_and_formatting_left_out():
    def change(target):
        link = next(each for each in target.iter("{*}pc") if each.get("type") == "link")
        link.tail = None
        for child in list(target):
            target.remove(child)
        target.text = "قبل "
        target.append(link)

    taken = bring_in(edited(export(), unit("body.1.html", "//x:target"), change))
    assert taken.texts == {"body.1.html": 'قبل <a href="https://www.example.org/tin">المقر</a>'}


def test_a_bureau_may_cut_a_unit_and_mark_terms():
    def change(found):
        segment = found.find("x:segment", NAMES)
        for element in segment:
            element.text = "A "
        ignorable = etree.SubElement(found, f"{{{NAMES['x']}}}ignorable")
        etree.SubElement(ignorable, f"{{{NAMES['x']}}}source").text = "\n"
        second = etree.SubElement(found, f"{{{NAMES['x']}}}segment", {"state": "translated"})
        etree.SubElement(second, f"{{{NAMES['x']}}}source").text = "B"
        target = etree.SubElement(second, f"{{{NAMES['x']}}}target")
        etree.SubElement(target, f"{{{NAMES['x']}}}mrk", {"id": "m1"}).text = "B!"

    source = BOTH.with_locale("vi", replace(BOTH.locales["vi"], body=(Paragraph("A \nB"),)))
    source = source.with_locale("ar", replace(BOTH.locales["ar"], body=(Paragraph("x"),)))
    content = edited(export(source), unit("body.0.html"), change)
    assert bring_in(content, source).texts == {"body.0.html": "A \nB!"}


def test_pairs_of_single_codes_will_do():
    def change(target):
        for child in list(target):
            target.remove(child)
        target.text = None
        start = etree.SubElement(target, f"{{{NAMES['x']}}}sc", {"id": "1"})
        start.tail = "ثانيا"
        etree.SubElement(target, f"{{{NAMES['x']}}}ec", {"startRef": "1"})

    content = edited(export(), unit("body.3.items.1", "//x:target"), change)
    assert bring_in(content).texts == {"body.3.items.1": "<em>ثانيا</em>"}


def child_of(name, words, tail=None):
    def change(target):
        made = etree.SubElement(target, f"{{{NAMES['x']}}}{name}", words)
        made.tail = tail

    return change


def without_links(target):
    for each in list(target.iter("{*}pc")):
        if each.get("type") == "link":
            each.getparent().remove(each)


@pytest.mark.parametrize(
    ("id_", "change"),
    [
        ("body.3.items.1", child_of("pc", {"id": "9"})),
        ("body.3.items.1", child_of("pc", {"id": "1"})),
        ("body.3.items.1", child_of("ph", {"id": "1"})),
        ("body.3.items.1", child_of("sc", {"id": "1"})),
        ("body.3.items.1", child_of("ec", {"startRef": "1"})),
        ("body.3.items.1", child_of("cp", {"hex": "0041"})),
        ("body.3.items.1", child_of("x", {})),
        ("body.0.text", child_of("pc", {"id": "1"})),
        ("body.1.html", without_links),
        ("title", lambda target: setattr(target, "text", "ا" * 301)),
        ("title", lambda target: setattr(target, "text", " ")),
        ("title", lambda target: target.getparent().set("state", "done")),
        ("title", lambda target: target.getparent().remove(target)),
        (
            "title",
            lambda target: setattr(target.getparent().find("x:source", NAMES), "text", "Khác"),
        ),
        ("title", lambda target: target.getparent().getparent().set("id", "body.77.html")),
    ],
)
def test_a_broken_unit_is_named(id_, change):
    content = edited(export(), unit(id_, "//x:target"), change)
    with pytest.raises(InvalidInput) as refusal:
        bring_in(content)
    assert named(refusal) in ({f"/units/{id_}"}, {"/units/body.77.html"})


def test_all_that_is_wrong_is_named_at_once():
    content = edited(
        export(), unit("title", "//x:target"), lambda target: setattr(target, "text", "x" * 301)
    )
    content = edited(content, unit("body.3.items.1", "//x:target"), child_of("pc", {"id": "9"}))
    with pytest.raises(InvalidInput) as refusal:
        bring_in(content)
    assert named(refusal) == {"/units/title", "/units/body.3.items.1"}


def test_a_changed_or_removed_source_is_named():
    text = BOTH.locales["vi"]
    now = BOTH.with_locale(
        "vi", replace(text, title="Tên mới", body=(text.body[0], *text.body[2:]))
    )
    with pytest.raises(InvalidInput) as refusal:
        bring_in(export(), now, exported=BOTH)
    assert named(refusal) == {"/units/title", "/units/body.1.html"}


def test_a_source_that_only_moved_is_followed():
    text = BOTH.locales["vi"]
    now = BOTH.with_locale("vi", replace(text, body=(Paragraph("Đoạn mới tinh."), *text.body)))
    content = edited(
        export(),
        unit("body.0.text", "//x:target"),
        lambda target: setattr(target, "text", "البرنامج"),
    )
    assert bring_in(content, now, exported=BOTH).texts == {"body.1.text": "البرنامج"}


def test_a_review_of_everything_is_a_review():
    reviewed = export(origin=Origin.CONFIRMED)
    taken = bring_in(reviewed)
    assert (taken.texts, taken.reviewed) == ({}, True)
    partly = edited(
        reviewed, unit("title", "/x:segment"), lambda segment: segment.set("state", "translated")
    )
    assert not bring_in(partly).reviewed


ENTITY = b'<!DOCTYPE xliff [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "/"),
        (b"<xliff", "/"),
        (b"<xliff version='2.1'/>", "/"),
        (export().replace(b"<xliff", ENTITY + b"<xliff"), "/"),
        (export().replace(b'version="2.1"', b'version="1.2"'), "/"),
        (export().replace(b"urn:communique:article", b"urn:other"), "/xliff/file/original"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"/>', "/xliff/file"),
        (export().replace(b'id="short_title"', b'id="title"'), "/units/title"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(content, place):
    with pytest.raises(NotXliff) as refusal:
        read_xliff(content)
    assert named(refusal) == {place}


def test_a_character_that_xml_cannot_hold_survives():
    odd = BOTH.with_locale("vi", replace(BOTH.locales["vi"], body=(Paragraph("a\x01b"),)))
    odd = odd.with_locale("ar", replace(BOTH.locales["ar"], body=(Paragraph("c\x01d"),)))
    assert bring_in(export(odd), odd).texts == {}
