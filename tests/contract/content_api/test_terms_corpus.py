# SPDX-License-Identifier: EUPL-1.2
"""The sample glossary finds every evasion, generated and hand-written, and nothing else."""

import random
import unicodedata
from html import escape
from pathlib import Path

import pytest

from content_api.domain.document_codec import DocumentSchema
from content_api.domain.inline import clean
from content_api.domain.terms.csv_file import read_csv
from content_api.domain.terms.findings import Severity
from content_api.domain.terms.glossary import Glossary
from content_api.domain.terms.inline_text import of_html
from content_api.domain.terms.letters import is_han
from content_api.domain.terms.places import Field, Place
from local_stack import samples

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "tests" / "samples" / "terms"
FILE = ROOT / "deploy" / "local" / "src" / "local_stack" / "samples" / "glossary.csv"
PARSED = read_csv(FILE.read_bytes())
GLOSSARY = Glossary(1, PARSED.concepts)
LANGUAGES = ("vi", "en", "fr", "zh-Hans", "es")
SEED = 20_250_101
AROUND = {
    "vi": ("Theo tin mới nhận, ", ", tình hình hôm nay yên tĩnh."),
    "en": ("According to the report, ", " was mentioned twice."),
    "fr": ("Selon le rapport, ", " est cité deux fois."),
    "es": ("Según el informe, ", " se menciona dos veces."),
    "zh-Hans": ("据报道，", "被提到两次。"),
}
LOOKALIKES = dict(zip("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ", strict=True))
INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u180e")


def findings(locale, html):
    place = Place("/x", Field.BODY, locale, of_html(clean(html), locale))
    return [(place, each) for each in GLOSSARY.checker(locale).check(place)]


def lines(name):
    return [line.split("\t") for line in (SAMPLES / name).read_text("utf-8").splitlines()]


def forbidden_forms():
    return [
        (locale, concept.id, each.form, forms.case_sensitive)
        for concept in PARSED.concepts
        for locale, forms in concept.locales.items()
        for each in forms.forbidden
    ]


def official_names():
    return [
        (concept.id, concept.locales["vi"].preferred)
        for concept in PARSED.concepts
        if "vi" in concept.locales and without_marks(concept.locales["vi"].preferred)
    ]


def without_marks(form):
    """Take all marks off; None when there is nothing to take off, or one word alone is left."""
    bare = "".join(
        each for each in unicodedata.normalize("NFD", form) if not unicodedata.combining(each)
    )
    bare = bare.replace("đ", "d").replace("Đ", "D")
    return bare if bare != form and " " in form else None


def invisible(form, chance):
    return "".join(each + chance.choice(INVISIBLE) for each in form[:-1]) + form[-1]


def lookalike(form, chance):
    places = [place for place, each in enumerate(form) if each in LOOKALIKES]
    if not places:
        return None
    chosen = {*chance.sample(places, (len(places) + 1) // 2)}
    return "".join(LOOKALIKES[each] if place in chosen else each for place, each in enumerate(form))


def spaced(form, chance):
    spaces = ("\u00a0", "  ", "\u202f", " \u00a0 ", "\u3000", "\n")
    if is_han(form[0]):
        return form[0] + chance.choice(spaces) + form[1:]
    return form.replace(" ", chance.choice(spaces)) if " " in form else None


def tagged(form, chance):
    place = chance.randrange(1, len(form))
    tag = chance.choice(("em", "strong", "sub"))
    return f"{escape(form[:place])}<{tag}>{escape(form[place:])}</{tag}>"


def decomposed(form, _chance):
    apart = unicodedata.normalize("NFD", form)
    return apart if apart != form else None


def in_capitals(form, _chance):
    return form.upper() if " " in form and form.upper() != form else None


DISGUISES = {
    "invisible": invisible,
    "lookalike": lookalike,
    "spaced": spaced,
    "tagged": tagged,
    "decomposed": decomposed,
    "capitals": in_capitals,
    "bare": lambda form, _chance: without_marks(form),
}


def generated():
    """Disguise every forbidden form in every way that fits, and official names without marks."""
    chance = random.Random(SEED)
    for locale, concept, form, _ in forbidden_forms():
        for name, disguise in DISGUISES.items():
            made = disguise(form, chance)
            if made is not None:
                html = made if name == "tagged" else escape(made, quote=False)
                yield name, locale, concept, html
    for concept, form in official_names():
        yield "official-bare", "vi", concept, without_marks(form)
        yield "official-capitals", "vi", concept, without_marks(form).upper()


GENERATED = list(generated())


def caught(locale, concept, html):
    before, after = AROUND[locale]
    place = Place("/x", Field.BODY, locale, of_html(before + html + after, locale))
    return [
        finding
        for finding in GLOSSARY.checker(locale).check(place)
        if finding.concept == concept
        and finding.severity is Severity.FORBIDDEN
        and place.content.text[finding.start : finding.end] == finding.text
    ]


def test_the_sample_glossary_is_understood_in_five_languages():
    assert PARSED.problems == ()
    whole = [each for each in PARSED.concepts if set(each.locales) == set(LANGUAGES)]
    assert len(whole) >= 60


def test_there_are_enough_evasions_of_every_kind():
    assert len(GENERATED) >= 150
    assert {name for name, *_ in GENERATED} >= set(DISGUISES)
    assert len(lines("evasions.tsv")) >= 50


def test_every_forbidden_form_is_found_as_it_is():
    missed = [
        (locale, form)
        for locale, concept, form, _ in forbidden_forms()
        if not caught(locale, concept, escape(form, quote=False))
    ]
    assert missed == []


@pytest.mark.parametrize("disguise", sorted({name for name, *_ in GENERATED}))
def test_every_generated_evasion_is_caught(disguise):
    missed = [
        (locale, concept, html)
        for name, locale, concept, html in GENERATED
        if name == disguise and not caught(locale, concept, html)
    ]
    assert missed == []


@pytest.mark.parametrize(("locale", "concept", "html"), lines("evasions.tsv"))
def test_every_written_evasion_is_caught(locale, concept, html):
    found = findings(locale, html)
    assert concept in {finding.concept for _, finding in found}
    for place, finding in found:
        assert place.content.text[finding.start : finding.end] == finding.text
        assert finding.suggestion


def test_the_clean_corpus_is_large_and_in_every_language():
    corpus = lines("clean.tsv")
    assert len(corpus) >= 200
    assert all(sum(locale == each for each, _ in corpus) >= 40 for locale in LANGUAGES)
    assert len({html for _, html in corpus}) == len(corpus)


@pytest.mark.parametrize(("locale", "html"), lines("clean.tsv"))
def test_a_clean_sentence_gives_no_alarm(locale, html):
    assert [finding for _, finding in findings(locale, html)] == []


def test_several_disguises_at_once_are_caught():
    chance = random.Random(SEED)
    pairs = (
        ("lookalike", "invisible"),
        ("spaced", "invisible"),
        ("lookalike", "spaced"),
        ("bare", "invisible"),
        ("decomposed", "invisible"),
        ("bare", "tagged"),
    )
    tried, missed = 0, []
    for locale, concept, form, _ in forbidden_forms():
        for first, second in pairs:
            once = DISGUISES[first](form, chance)
            twice = once and DISGUISES[second](once, chance)
            if twice:
                tried += 1
                if not caught(locale, concept, twice):
                    missed.append((first, second, locale, twice))
    assert tried >= 400
    assert missed == []


@pytest.mark.parametrize("name", samples.ARTICLES)
def test_the_sample_articles_give_no_alarm(name):
    picture = {"lead-photo": "0192f0c0-0000-7000-8000-000000000001"}
    document = DocumentSchema().lenient(samples.article(name, picture))
    assert GLOSSARY.check(document) == ()
