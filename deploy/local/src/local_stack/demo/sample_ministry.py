# SPDX-License-Identifier: EUPL-1.2
"""Give a running stack the channels of the sample ministry, and some of its articles."""

import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from local_stack.demo.errors import StoryError
from local_stack.demo.story import Story
from local_stack.demo.web import Web
from local_stack.plan import BIN
from local_stack.samples import ARTICLES, article, channels, registers
from local_stack.stack import Stack


def apply_channels(stack: Stack) -> str:
    """Run `syndicator channels apply` as an operator would; return how many it made or kept.

    Raises:
        StoryError: it was refused.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "channels.yaml"
        file.write_text(channels(), "utf-8")
        done = subprocess.run(  # noqa: S603  # our own command
            [BIN / "syndicator", "channels", "apply", file],
            env=stack.plan.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        raise StoryError(f"syndicator channels apply: {done.stdout}{done.stderr}")
    words = Counter(line.rpartition(" ")[2] for line in done.stdout.splitlines() if line.strip())
    return ", ".join(f"{count} channels {word}" for word, count in words.items())


def load_registers(stack: Stack) -> str:
    """Put the topics and missions in that are not there yet; return how many that were.

    Raises:
        StoryError: one was refused.
    """
    web, key = Web(30.0), stack.credentials["admin"]
    base = f"{stack.addresses['content-api']}/v1/desk"
    new = 0
    for register, entries in registers().items():
        for code, entry in entries.items():
            answer = web.ask("PUT", f"{base}/{register}/{code}", key=key, body=entry)
            if answer.status not in {201, 428}:
                raise StoryError(f"{register}/{code}: {answer.status} {answer.body.decode()}")
            new += answer.status == 201
    return f"{new} entries made"


def load_articles(story: Story) -> Iterator[str]:
    """Publish the sample articles whose slug is not taken yet; yield the title of each."""
    asset = story.send_photo()
    for name in ARTICLES:
        document = article(name, {"lead-photo": asset["id"]})
        locale = document["source_locale"]
        localization = document["locales"][locale]
        if not story.readers.has(locale, localization["slug"]):
            identity = story.desk.create(document)
            story.desk.approve(identity)
            story.desk.publish(identity)
        yield localization["title"]
