# SPDX-License-Identifier: EUPL-1.2
"""Concepts, findings and waivers, as the API takes and gives them."""

from dataclasses import asdict
from typing import Any

from marshmallow import fields, pre_dump, validate

from communique.events.fields import Id, Items, Locale, Mapped, Part, Shape, Slug, Text, When
from communique.web.operation import page_of
from content_api.domain.terms.concept import Concept, ConceptKind, ForbiddenForm, LocaleForms
from content_api.domain.terms.findings import Rule, Severity
from content_api.domain.terms.places import Field


def _flag() -> fields.Boolean:
    return fields.Boolean(load_default=False, truthy={True}, falsy={False})


class ForbiddenFormSchema(Shape):
    """A name that may not be used, and why."""

    makes = ForbiddenForm
    form = Text(most=300, required=True)
    reason = Text(most=2_000, required=True)


class LocaleFormsSchema(Shape):
    """What a concept is called in one language."""

    makes = LocaleForms
    preferred = Text(most=300, required=True)
    allowed = Items(Text(most=300), most=50, load_default=())
    forbidden = Items(Part(ForbiddenFormSchema), most=100, load_default=())
    must_not_translate = _flag()
    case_sensitive = _flag()
    preferred_in = Items(
        fields.Enum(Field, by_value=True, metadata={"type": "string"}), most=10, load_default=()
    )


class ChangedConceptSchema(Shape):
    """A concept, but for its id."""

    kind = fields.Enum(ConceptKind, by_value=True, required=True, metadata={"type": "string"})
    definition = Text(most=2_000, allow_none=True, load_default=None)
    note = Text(most=2_000, allow_none=True, load_default=None)
    locales = Mapped(
        keys=Locale(),
        values=Part(LocaleFormsSchema),
        required=True,
        validate=validate.Length(1, 100, error="Must have 1 to 100 languages."),
    )


class ConceptInputSchema(ChangedConceptSchema):
    """A concept."""

    makes = Concept
    id = Slug(required=True)


class ConceptSchema(ChangedConceptSchema):
    """A concept as the glossary keeps it."""

    id = Slug()
    revision = fields.Integer()
    retired = fields.Boolean()
    created_at = When()
    updated_at = When()
    updated_by = Text()

    @pre_dump
    def flat(self, record: Any, **_options: Any) -> dict[str, Any]:
        """Put the concept beside what is known of it."""
        concept = record.concept
        return {
            "id": concept.id,
            "kind": concept.kind,
            "definition": concept.definition,
            "note": concept.note,
            "locales": concept.locales,
            "revision": record.revision,
            "retired": record.retired,
            "created_at": record.created_at,
            "updated_at": record.updated_at,
            "updated_by": record.updated_by,
        }


class TermsQuerySchema(Shape):
    """Which concepts to list; `q` is found with or without marks and capitals."""

    q = Text(most=200)
    kind = fields.Enum(ConceptKind, by_value=True, metadata={"type": "string"})
    locale = Locale()
    retired = fields.Boolean(load_default=False)
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = Slug()


class ImportQuerySchema(Shape):
    """Whether to say only what would be done."""

    dry_run = fields.Boolean(load_default=False)


class ExportQuerySchema(Shape):
    """As what to write the glossary."""

    format = Text(load_default="csv", validate=validate.OneOf(("csv", "tbx")))


class ProblemPlaceSchema(Shape):
    """A place in a file; rows and columns count from 1."""

    row = fields.Integer()
    column = fields.Integer()
    detail = Text()


class ImportReportSchema(Shape):
    """What an import did, or would do."""

    created = Items(Slug())
    changed = Items(Slug())
    unchanged = fields.Integer()
    ignored = Items(Part(ProblemPlaceSchema))
    dry_run = fields.Boolean()


class WaiverSchema(Shape):
    """Who answers for a finding, and why."""

    fingerprint = Text()
    concept = Slug()
    locale = Locale()
    text = Text()
    reason = Text()
    waived_by = Text()
    waived_at = When()


class FindingSchema(Shape):
    """Where a text does not say what the glossary says: characters of the field's plain text."""

    fingerprint = Text()
    rule = fields.Enum(Rule, by_value=True, metadata={"type": "string"})
    severity = fields.Enum(Severity, by_value=True, metadata={"type": "string"})
    locale = Locale()
    pointer = Text()
    start = fields.Integer()
    end = fields.Integer()
    text = Text()
    concept = Slug()
    form = Text()
    suggestion = Text()
    reason = Text(allow_none=True)
    disguised = fields.Boolean()
    waiver = Part(WaiverSchema, allow_none=True)

    @pre_dump
    def flat(self, checked: Any, **_options: Any) -> dict[str, Any]:
        """Put the waiver beside the finding."""
        finding = checked.finding
        return {**asdict(finding), "severity": finding.severity, "waiver": checked.waiver}


class TermsReportSchema(Shape):
    """What the present glossary says of a draft."""

    article = Id()
    draft = fields.Integer()
    glossary_version = fields.Integer()
    blocking = fields.Integer()
    items = Items(Part(FindingSchema))


class NewWaiverSchema(Shape):
    """Answer for a finding."""

    fingerprint = Text(most=64, required=True)
    reason = Text(least=3, most=2_000, required=True)


ConceptPageSchema = page_of(ConceptSchema)
