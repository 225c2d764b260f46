# SPDX-License-Identifier: EUPL-1.2
"""The story of `make demo`: undisturbed, and with any one process killed at a random moment."""

import random
import threading
from collections import Counter

import pytest

from local_stack.demo.cast import cast
from local_stack.demo.telling import Silent
from local_stack.demo.web import Web, expect

# kafka-python leaves a socket behind when a broker that is away refuses it.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <socket.socket:pytest.PytestUnraisableExceptionWarning"
)

PROGRAMS = (
    "content-api-web",
    "content-api-worker",
    "content-api-relay",
    "media-store-web",
    "media-store-worker",
    "syndicator-web",
    "syndicator-worker",
    "broker",
    "postgres",
    "s3",
)
STORY_SECONDS = 14
PATIENCE_SECONDS = 90


STEPS = ["photo", "published", "embargo", "lifted", "urgent", "corrected", "retracted"]


def test_the_story_is_verified_at_every_spot(stack):
    watcher = Silent()

    cast(stack, watcher, patience=PATIENCE_SECONDS).play()

    assert watcher.steps == STEPS


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_story_ends_right_after_a_kill(stack, program, request, record_property):
    seed = request.config.getoption("--seed")
    moment = random.Random(f"{seed}:{program}").uniform(0, STORY_SECONDS)
    record_property("killed", f"{program} after {moment:.1f} s of --seed {seed}")
    watcher = Silent()
    story = cast(stack, watcher, patience=PATIENCE_SECONDS)
    killer = threading.Timer(moment, stack.kill, (program,))
    killer.start()
    try:
        story.play()
    finally:
        killer.join()
        stack.wait_running(program)

    assert watcher.steps == STEPS
    assert _posted_twice(stack, story.run) == []


def _posted_twice(stack, run):
    """Return what was ever posted twice for one article of this run, deleted posts included."""
    base = stack.environment()["COMMUNIQUE_PLATFORM_URL"]
    posts = expect(Web(30).ask("GET", f"{base}/_control/posts"), 200).json()["items"]
    made = Counter()
    for post in posts:
        for word in f"{post['text']} {post['link'] or ''}".split():
            if word.endswith(f"-{run}"):
                made[post["platform"], word, post["parent"] is not None] += 1
                break
    return [what for what, times in made.items() if times > 1]
