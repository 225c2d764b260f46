# SPDX-License-Identifier: EUPL-1.2
"""What S3 and Kafka themselves say: the original, its renditions, the records and their moments."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import boto3
import orjson
import pyvips
from botocore.config import Config

from communique.broker import Broker
from communique.errors import Unavailable
from communique.events.codec import from_record
from communique.events.envelope import header
from communique.events.topics import ARTICLES
from communique.kafka.reader import read_topic
from local_stack.demo.errors import NotYet, StoryError
from local_stack.demo.web import Web, expect

CREDIT = "Ministry of Foreign Affairs"


def original_is_stored(settings: Mapping[str, str], content: bytes) -> str:
    """Read the original back from S3 under its SHA-256 and return the key."""
    client = boto3.client(
        "s3",
        endpoint_url=settings["COMMUNIQUE_S3_ENDPOINT"],
        aws_access_key_id=settings["COMMUNIQUE_S3_ACCESS_KEY"],
        aws_secret_access_key=settings["COMMUNIQUE_S3_SECRET_KEY"],
        region_name=settings["COMMUNIQUE_S3_REGION"],
        config=Config(s3={"addressing_style": "path"}, signature_version="s3v4"),
    )
    key = f"originals/{hashlib.sha256(content).hexdigest()}"
    stored = client.get_object(Bucket=settings["COMMUNIQUE_S3_BUCKET"], Key=key)["Body"].read()
    client.close()
    if stored != content:
        raise StoryError(f"the object {key} is not what was sent")
    return key


def renditions_are_clean(web: Web, asset: Mapping[str, Any]) -> None:
    """Fetch three renditions and demand: decodable, no GPS, no camera, credit kept."""
    if len(asset["renditions"]) != 3:
        raise NotYet(f"{len(asset['renditions'])} renditions")
    for each in asset["renditions"]:
        content = expect(web.ask("GET", each["url"]), 200).body
        if hashlib.sha256(content).hexdigest() != each["sha256"]:
            raise StoryError(f"{each['url']} is not the rendition it names")
        image = pyvips.Image.new_from_buffer(content, "")
        fields = image.get_fields()
        if revealing := [name for name in fields if "GPS" in name or name.endswith("-Model")]:
            raise StoryError(f"{each['url']} still has {revealing}")
        if (image.width, image.height) != (each["width"], each["height"]):
            raise StoryError(f"{each['url']} has another size than it says")
        packet = image.get("xmp-data") if "xmp-data" in fields else b""
        if CREDIT not in bytes(packet).decode():
            raise StoryError(f"{each['url']} has lost its credit")


@dataclass(frozen=True, slots=True)
class Carried:
    """One version of an article in Kafka: when it was committed, and when the broker had it."""

    version: int
    committed_at: datetime
    carried_at: datetime


def carried(bootstrap: str, article: str) -> list[Carried]:
    """Read the records of an article from the public topic, oldest first.

    Raises:
        NotYet: the broker does not answer now.
    """
    try:
        records = list(read_topic(Broker(bootstrap), ARTICLES))
    except Unavailable as error:
        raise NotYet(str(error)) from error
    found = []
    for record, moment in records:
        if record.key == article.encode():
            event, _ = from_record(record)
            version = orjson.loads(event.value)["version"]
            found.append(Carried(version, event.time, moment))
            if header(record, "ce_specversion") != "1.0":
                raise StoryError("a record is not a CloudEvent")
    return found
