# SPDX-License-Identifier: EUPL-1.2
"""Every event against its committed schema, and every old sample against today's reader."""

import os
from pathlib import Path

import jsonschema
import orjson
import pytest

from communique.events.article import Revision
from communique.events.codec import encode_value, from_record
from communique.events.envelope import EventType, Record, pack
from communique.events.media import AssetState
from communique.events.write_schemas import FOLDER, documents
from communique.testing.articles import a_correction, a_retraction, an_article, an_asset
from communique.testing.hard_articles import HARD_ARTICLES

SAMPLES = sorted((Path(__file__).parents[1] / "samples" / "events").glob("*.json"))
OFFICIAL = os.environ.get("COMMUNIQUE_SCHEMAS")  # noqa: TID251  # tests have no settings of their own
VALUES = [
    (EventType.ARTICLE_PUBLISHED, an_article()),
    (EventType.ARTICLE_UPDATED, an_article(version=2, revision=Revision.UPDATE)),
    (EventType.ARTICLE_CORRECTED, a_correction()),
    (EventType.ARTICLE_RETRACTED, a_retraction()),
    (EventType.ARTICLE_PUBLISHED, HARD_ARTICLES["arabic"]()),
    (EventType.ASSET_READY, an_asset()),
    (EventType.ASSET_WITHDRAWN, an_asset(state=AssetState.WITHDRAWN, renditions=())),
]


def validator(event_type):
    schema = orjson.loads((FOLDER / f"{event_type.value}.v1.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def sample(path):
    return orjson.loads(path.read_bytes())


def record_of(words):
    headers = pack(words["headers"].items())
    return Record(words["topic"], words["key"].encode(), orjson.dumps(words["value"]), headers)


def test_the_committed_schemas_are_the_generated_ones():
    committed = {path.name: path.read_bytes() for path in FOLDER.glob("*.json")}
    assert committed == documents(), "run python -m communique.events.write_schemas"


def test_every_event_has_a_schema_and_a_sample():
    types = {each.value for each in EventType}
    assert {name.removesuffix(".v1.json") for name in documents()} == types
    assert {sample(path)["headers"]["ce_type"] for path in SAMPLES} == types


@pytest.mark.parametrize(("event_type", "value"), VALUES)
def test_what_we_write_fits_its_schema(event_type, value):
    validator(event_type).validate(orjson.loads(encode_value(event_type, value)))


@pytest.mark.parametrize("event_type", EventType)
def test_a_schema_leaves_room_for_later_fields_and_asks_for_the_needed_ones(event_type):
    path = next(path for path in SAMPLES if sample(path)["headers"]["ce_type"] == event_type)
    value = sample(path)["value"]
    validator(event_type).validate({**value, "of_a_later_version": 1})
    with pytest.raises(jsonschema.ValidationError):
        validator(event_type).validate({})


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_old_samples_still_decode_and_fit(path):
    words = sample(path)
    event, payload = from_record(record_of(words))
    assert event.type == words["headers"]["ce_type"]
    assert event.id == words["headers"]["ce_id"]
    written = orjson.loads(encode_value(event.type, payload))
    assert words["value"].items() <= written.items()
    validator(event.type).validate(words["value"])


@pytest.mark.skipif(not OFFICIAL, reason="COMMUNIQUE_SCHEMAS names no directory of schemas")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_an_event_in_structured_form_is_a_cloudevent(path):
    words = sample(path)
    headers = words["headers"]
    schema = orjson.loads((Path(OFFICIAL) / "cloudevents" / "cloudevents.json").read_bytes())
    structured = {
        name.removeprefix("ce_"): value for name, value in headers.items() if name.startswith("ce_")
    }
    structured |= {"datacontenttype": headers["content-type"], "data": words["value"]}
    jsonschema.validate(structured, schema, format_checker=jsonschema.FormatChecker())
