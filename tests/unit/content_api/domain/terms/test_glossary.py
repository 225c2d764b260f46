# SPDX-License-Identifier: EUPL-1.2
import time

import pytest

from communique.events.article import Heading, MediaRole, MediaUse, Paragraph
from content_api.domain.terms.concept import Concept, ConceptKind, ForbiddenForm, LocaleForms
from content_api.domain.terms.findings import Rule, Severity
from content_api.domain.terms.glossary import Glossary, GlossaryCache
from content_api.domain.terms.places import Field
from content_api.testing.builders import a_document, a_localization

SEA = Concept(
    "sea",
    ConceptKind.SEA,
    {
        "vi": LocaleForms("Biển Đông", (), (ForbiddenForm("Nam Hải", "official usage"),)),
        "en": LocaleForms(
            "East Sea",
            ("Code of Conduct in the South China Sea",),
            (ForbiddenForm("South China Sea", "official usage"),),
        ),
    },
)
COUNTRY = Concept(
    "country",
    ConceptKind.COUNTRY,
    {"en": LocaleForms("Viet Nam", ("Vietnam",), preferred_in=(Field.TITLE,))},
)
KEPT = Concept(
    "kept",
    ConceptKind.COUNTRY,
    {
        "vi": LocaleForms("Côte d'Ivoire", must_not_translate=True),
        "en": LocaleForms("Côte d'Ivoire", (), (ForbiddenForm("Ivory Coast", "asked for"),), True),
    },
)
GLOSSARY = Glossary(1, [SEA, COUNTRY, KEPT])


def check(**english):
    document = a_document(locales={"vi": a_localization(), "en": a_localization(**english)})
    return GLOSSARY.check(document)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"title": "South China Sea"}, "/locales/en/title"),
        ({"short_title": "South China Sea"}, "/locales/en/short_title"),
        ({"summary": "South China Sea"}, "/locales/en/summary"),
        ({"body": (Heading(2, "South China Sea"),)}, "/locales/en/body/0/text"),
        ({"body": (Paragraph("<em>South</em> China Sea"),)}, "/locales/en/body/0/html"),
    ],
)
def test_a_finding_says_where_it_is(change, pointer):
    (finding,) = check(**change)
    assert (finding.pointer, finding.start, finding.end) == (pointer, 0, 15)
    assert (finding.text, finding.suggestion) == ("South China Sea", "East Sea")
    assert (finding.rule, finding.severity) == (Rule.FORBIDDEN, Severity.FORBIDDEN)


def test_captions_and_alternatives_are_read():
    use = MediaUse(
        "0192f0c0-0000-7000-8000-000000000001",
        MediaRole.LEAD,
        alt={"en": "The South China Sea"},
        caption={"vi": "Ở Nam Hải"},
    )
    found = GLOSSARY.check(a_document(media=(use,)))
    assert [(each.pointer, each.start) for each in found] == [
        ("/media/0/alt/en", 4),
        ("/media/0/caption/vi", 2),
    ]


def test_a_position_counts_characters_of_the_plain_text():
    (finding,) = check(body=(Paragraph("&lt;1 <strong>Sou&#173;th</strong> China&#160;Sea."),))
    assert (finding.start, finding.end) == (3, 19)
    assert finding.text == "Sou\u00adth China\u00a0Sea"
    assert finding.disguised


def test_a_longer_allowed_name_wins():
    assert check(title="Code of Conduct in the South China Sea") == ()


def test_an_allowed_name_is_a_warning_where_the_preferred_one_is_wanted():
    found = check(title="Vietnam", summary="Vietnam")
    assert [(each.pointer, each.rule, each.severity) for each in found] == [
        ("/locales/en/title", Rule.NOT_PREFERRED, Severity.WARNING)
    ]


def test_a_name_that_stays_is_not_translated():
    (finding,) = check(title="Ivory Coast")
    assert finding.rule is Rule.TRANSLATED


def test_a_name_that_stays_and_is_missing_in_a_translation_is_a_warning():
    texts = {
        "vi": a_localization(title="Thăm Côte d'Ivoire"),
        "en": a_localization(title="A visit"),
    }
    (finding,) = GLOSSARY.check(a_document(locales=texts))
    assert (finding.rule, finding.locale) == (Rule.NOT_CARRIED_OVER, "en")
    assert (finding.pointer, finding.text) == ("/locales/vi/title", "Côte d'Ivoire")


def test_a_fingerprint_outlives_unrelated_edits():
    sentence = "Ships cross the South China Sea every single day of every year. "
    (before,) = check(body=(Paragraph(sentence),))
    (after,) = check(body=(Heading(2, "New"), Paragraph(sentence + "And more.")))
    (moved,) = check(body=(Paragraph("They sank in the South China Sea."),))
    assert before.fingerprint == after.fingerprint != moved.fingerprint


def test_two_thousand_words_and_five_hundred_concepts_take_little_time():
    concepts = [
        Concept(
            f"c{number}",
            ConceptKind.SEA,
            {"en": LocaleForms(f"Name {number}", (), (ForbiddenForm(f"Bad {number} Sea", "x"),))},
        )
        for number in range(500)
    ]
    words = " ".join(f"Bad {at} Sea" if at % 40 == 0 else "common word," for at in range(900))
    document = a_document(locales={"en": a_localization(body=(Paragraph(words),))})
    glossary = Glossary(1, concepts)
    glossary.check(document)
    started = time.process_time()
    found = glossary.check(document)
    assert len(found) == 13
    assert time.process_time() - started < 0.5


def test_the_cache_reads_a_version_once():
    cache, read = GlossaryCache(), []

    def load():
        read.append(1)
        return [SEA]

    first = cache.get(3, load)
    assert cache.get(3, load) is first
    assert cache.get(4, load).version == 4
    assert len(read) == 2
