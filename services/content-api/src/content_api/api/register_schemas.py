# SPDX-License-Identifier: EUPL-1.2
"""What is said of missions, topics, people and places."""

import re
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from communique.events.fields import (
    Code,
    Country,
    Items,
    Locale,
    Mapped,
    Matching,
    Part,
    Shape,
    Slug,
    Text,
    When,
)
from content_api.domain.registers import Mission, MissionKind, Person, PlaceName, Tenure, Topic


class Nation(Country):
    """A country: ISO 3166-1 alpha-2."""

    form = re.compile(r"[A-Z]{2}")
    message = "Write an ISO 3166-1 code, such as VN."


class MediaTopic(Matching):
    """A concept of IPTC Media Topics; the list itself is IPTC's."""

    form = re.compile(r"medtop:[0-9]{8}")
    message = "Write a code of IPTC Media Topics, such as medtop:20000638."

    def __init__(self, **options: Any) -> None:
        """Bound the length."""
        super().__init__(most=15, **options)


def _names(*, least: int, **options: Any) -> Mapped:
    return Mapped(
        keys=Locale(),
        values=Text(most=300),
        validate=validate.Length(least, 100, error=f"Must have {least} to 100 languages."),
        **options,
    )


class MissionInputSchema(Shape):
    """A mission abroad, as it is kept under its slug."""

    kind = fields.Enum(MissionKind, by_value=True, required=True, metadata={"type": "string"})
    names = _names(least=1, required=True)
    country = Nation(required=True)
    seat = _names(least=0, load_default=dict)
    languages = Items(Locale(), most=50, load_default=())
    head = _names(least=0, load_default=dict)
    channels = Items(Slug(), most=50, load_default=())


class MissionSchema(MissionInputSchema):
    """A mission abroad: names, seat and the office of its head per locale."""

    makes = Mission
    slug = Slug(required=True)


class TopicInputSchema(Shape):
    """A topic, as it is kept under its code."""

    labels = _names(least=1, required=True)
    broader = Code(allow_none=True, load_default=None)
    media_topic = MediaTopic(allow_none=True, load_default=None)


class TopicSchema(TopicInputSchema):
    """A topic, and those under it."""

    makes = Topic
    code = Code(required=True)
    narrower = Items(Code(), dump_only=True)


class TenureSchema(Shape):
    """An office and its days; `until` is the last one, null while it lasts."""

    makes = Tenure
    office = _names(least=1, required=True)
    since = fields.Date(required=True)
    until = fields.Date(allow_none=True, load_default=None)
    mission = Slug(allow_none=True, load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **options: Any) -> Any:
        """Refuse an office that ends before it begins."""
        if data["until"] is not None and data["until"] < data["since"]:
            raise ValidationError({"until": ["Lies before since."]})
        return super().build(data, **options)


class PersonInputSchema(Shape):
    """Somebody who speaks or signs, as kept under a slug."""

    name = Text(most=200, required=True)
    offices = Items(Part(TenureSchema), most=50, load_default=())


class PersonSchema(PersonInputSchema):
    """Somebody who speaks or signs, with dated offices."""

    makes = Person
    slug = Slug(required=True)


class PlaceNameInputSchema(Shape):
    """What the ministry calls a country, where that is not CLDR's name for it."""

    names = _names(least=1, required=True)


class PlaceNameSchema(PlaceNameInputSchema):
    """What the ministry calls a country."""

    makes = PlaceName
    code = Nation(required=True)


class _KeptSchema(Shape):
    revision = fields.Integer()
    updated_at = When()
    updated_by = Text()


class KeptMissionSchema(MissionSchema, _KeptSchema):
    """A mission as the desk sees it."""


class KeptTopicSchema(TopicSchema, _KeptSchema):
    """A topic as the desk sees it."""


class KeptPersonSchema(PersonSchema, _KeptSchema):
    """A person as the desk sees it."""


class KeptPlaceNameSchema(PlaceNameSchema, _KeptSchema):
    """A name of a place as the desk sees it."""


class PlaceSchema(Shape):
    """A country and its names."""

    code = Nation()
    names = _names(least=0)


class PlacesQuerySchema(Shape):
    """In which languages to name them."""

    locale = Items(Locale(), least=1, most=10, load_default=("en",))


def _list_of(shape: type[Shape], name: str) -> type[Shape]:
    members = {"items": Items(Part(shape), most=10_000), "__doc__": "All of them, by code."}
    return type(name, (Shape,), members)


MissionsSchema = _list_of(MissionSchema, "MissionsSchema")
TopicsSchema = _list_of(TopicSchema, "TopicsSchema")
PlacesSchema = _list_of(PlaceSchema, "PlacesSchema")
KeptMissionsSchema = _list_of(KeptMissionSchema, "KeptMissionsSchema")
KeptTopicsSchema = _list_of(KeptTopicSchema, "KeptTopicsSchema")
KeptPeopleSchema = _list_of(KeptPersonSchema, "KeptPeopleSchema")
KeptPlaceNamesSchema = _list_of(KeptPlaceNameSchema, "KeptPlaceNamesSchema")
