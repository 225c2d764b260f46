# SPDX-License-Identifier: EUPL-1.2
"""The story of a week at the ministry, step by step, each step verified where readers look."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from communique.clock import SystemClock, rfc3339
from local_stack.demo import evidence
from local_stack.demo.desk import Desk
from local_stack.demo.errors import NotYet, StoryError
from local_stack.demo.expectations import Expectation
from local_stack.demo.places import Target
from local_stack.demo.spots import Readers, Spot
from local_stack.demo.web import expect
from local_stack.samples import (
    article,
    corrected,
    correction_notes,
    retraction_notices,
)
from local_stack.samples.photo import lead_photo

_PAUSE: Final = 0.1
Check = Callable[[Spot], None]


class Watcher(Protocol):
    """Is told how the story goes."""

    def begins(self, step: str, spots: int) -> None:
        """Say that a step begins, and at how many spots it will be looked for."""
        ...

    def seen(self, step: str, spot: str, seconds: float) -> None:
        """Say that one spot is right, so many seconds after the desk's call was answered."""
        ...

    def ends(self, step: str, detail: str) -> None:
        """Say that a step is verified, and what else is worth knowing."""
        ...


@dataclass(slots=True)
class Story:
    """Everything the story needs; `patience` bounds each wait, in seconds."""

    desk: Desk
    readers: Readers
    settings: Mapping[str, str]
    media_store: str
    author: str
    watcher: Watcher
    patience: float = 30.0
    embargo: timedelta = timedelta(seconds=6)
    run: str = field(default_factory=lambda: f"{time.time_ns() // 1_000_000:x}")

    def play(self) -> None:
        """Play it all.

        Raises:
            StoryError: a step was refused, or could not be verified in time.
        """
        asset = self.send_photo()
        document = self.prepared("maritime-rescue", {"lead-photo": asset["id"]})
        wide = next(each["url"] for each in asset["renditions"] if each["profile"] == "wide")
        main = self.publish(document, picture=wide)
        self.publish_under_embargo(self.prepared("resilient-deltas"))
        self.publish(self.prepared("typhoon-notice"), step="urgent")
        self.correct(main, document)
        self.retract(main, document)

    def prepared(self, name: str, assets: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Load a sample under slugs of this run, so that the story can be played again."""
        document = article(name, assets or {})
        locales = {
            locale: {**each, "slug": f"{each['slug']}-{self.run}"}
            for locale, each in document["locales"].items()
        }
        return {**document, "locales": locales}

    def send_photo(self) -> dict[str, Any]:
        """Send the lead photo; see the original in S3 and three clean renditions."""
        self.watcher.begins("photo", 1)
        content, started = lead_photo(), time.monotonic()
        url = f"{self.media_store}/v1/assets?filename=harbour.jpg"
        headers = {"Content-Type": "image/jpeg"}
        web = self.readers.web
        sent = web.ask("POST", url, key=self.author, body=content, headers=headers)
        made: dict[str, Any] = expect(sent, 200, 201).json()

        def ready() -> None:
            asset_url = f"{self.media_store}/v1/assets/{made['id']}"
            made.update(expect(web.ask("GET", asset_url, key=self.author), 200).json())
            if made["state"] == "rejected":
                raise StoryError(f"the photo was rejected: {made['reason']}")
            evidence.renditions_are_clean(web, made)

        self.wait("photo", ready)
        key = evidence.original_is_stored(self.settings, content)
        self.watcher.seen("photo", "media-store original", time.monotonic() - started)
        size = f"{made['width']}x{made['height']}"
        self.watcher.ends("photo", f"{size}, {key[:20]}…, 3 renditions, GPS gone, credit kept")
        return made

    def publish(
        self, document: Mapping[str, Any], *, step: str = "published", picture: str | None = None
    ) -> Expectation:
        """Create, see four eyes hold, approve, publish; see it everywhere, with its picture."""
        name = self.desk.create(document)
        self.desk.approve(name)
        expected = _expectation(name, document)
        self.desk.publish(name)

        def check(spot: Spot) -> None:
            expected.published(spot.place, spot.reads)
            if picture is not None:
                expected.shows(spot.place, picture)

        self.see(step, document, check)
        self.end(step, expected.target, version=1)
        return expected

    def publish_under_embargo(self, document: Mapping[str, Any]) -> None:
        """Publish under embargo; see it nowhere before, everywhere after."""
        name = self.desk.create(document)
        until = SystemClock().now() + self.embargo
        self.desk.change(name, {**document, "embargo_until": rfc3339(until)})
        self.desk.approve(name)
        self.desk.publish(name)
        expected, looks = _expectation(name, document), 0
        self.watcher.begins("embargo", 0)
        while SystemClock().now() < until - timedelta(seconds=1):
            self.demand_nowhere(expected, document, until)
            looks += 1
        self.watcher.ends("embargo", f"nowhere in {looks} rounds of looks, nor in Kafka")
        remaining = (until - SystemClock().now()).total_seconds()
        time.sleep(max(0.0, remaining))
        self.see("lifted", document, lambda spot: expected.published(spot.place, spot.reads))
        self.end("lifted", expected.target, version=1)

    def demand_nowhere(
        self, expected: Expectation, document: Mapping[str, Any], until: Any
    ) -> None:
        """Look everywhere once; whatever is seen before the embargo lifts is a leak.

        Raises:
            StoryError: it leaked.
        """
        for spot in self.readers.spots(document):
            if SystemClock().now() >= until:
                return
            try:
                expected.absent(spot.place)
            except NotYet as error:
                if SystemClock().now() < until:
                    raise StoryError(f"the embargo leaked at {spot.name}: {error}") from error
        leaked = self.carried(expected.target.id)
        if leaked and SystemClock().now() < until:
            raise StoryError("the embargo leaked: the public topic has the article")

    def correct(self, main: Expectation, document: Mapping[str, Any]) -> None:
        """Correct the main article; see version 2 everywhere, in the same entry or post."""
        changed = corrected(document)
        self.desk.change(main.target.id, changed)
        self.desk.approve(main.target.id)
        self.desk.correct(main.target.id)
        notes = correction_notes()
        expected = replace(main, texts=_corrected_texts(changed))
        self.see(
            "corrected", document, lambda spot: expected.corrected(spot.place, spot.reads, notes)
        )
        self.end("corrected", main.target, version=2)

    def retract(self, main: Expectation, document: Mapping[str, Any]) -> None:
        """Withdraw the main article; see the notice, 410, and no post left."""
        notices = retraction_notices()
        self.desk.retract(main.target.id, notices)
        self.see(
            "retracted",
            document,
            lambda spot: main.retracted(spot.place, spot.reads, notices),
        )
        self.end("retracted", main.target, version=3)

    def see(self, step: str, document: Mapping[str, Any], check: Check) -> None:
        """Wait until the check passes at every spot.

        Raises:
            StoryError: it does not, in time; the message says where and why.
        """
        waiting = self.readers.spots(document)
        self.watcher.begins(step, len(waiting))
        started = time.monotonic()
        reasons: dict[str, str] = {}
        while waiting:
            left = []
            for spot in waiting:
                try:
                    check(spot)
                    self.watcher.seen(step, spot.name, time.monotonic() - started)
                except NotYet as error:
                    reasons[spot.name] = str(error)
                    left.append(spot)
            waiting = left
            if waiting and time.monotonic() - started > self.patience:
                why = "; ".join(f"{spot.name}: {reasons[spot.name]}" for spot in waiting[:5])
                raise StoryError(f"{step}: {len(waiting)} spots are not right: {why}")
            time.sleep(_PAUSE if waiting else 0)

    def wait(self, step: str, check: Callable[[], None]) -> None:
        """Wait until one check passes.

        Raises:
            StoryError: it does not, in time.
        """
        started = time.monotonic()
        while True:
            try:
                check()
            except NotYet as error:
                if time.monotonic() - started > self.patience:
                    raise StoryError(f"{step}: {error}") from error
                time.sleep(_PAUSE)
            else:
                return

    def end(self, step: str, target: Target, *, version: int) -> None:
        """See the record in Kafka, and every channel closed in the history; tell the time."""
        hops: list[str] = []

        def closed() -> None:
            carried = evidence.carried(self.settings["COMMUNIQUE_KAFKA"], target.id)
            records = [each for each in carried if each.version == version]
            if not records:
                raise NotYet(f"Kafka has no version {version}")
            history = self.desk.deliveries(target.id)
            rows = history["items"]
            if not history["closed"] or any(row["wanted_version"] != version for row in rows):
                raise NotYet(f"not every delivery of version {version} is closed")
            hops[:] = _hops(records[0], rows)

        self.wait(step, closed)
        self.watcher.ends(step, ", ".join(hops))

    def carried(self, name: str) -> list[evidence.Carried]:
        """Read the article's records from Kafka, patiently."""
        found: list[evidence.Carried] = []

        def read() -> None:
            found[:] = evidence.carried(self.settings["COMMUNIQUE_KAFKA"], name)

        self.wait("Kafka", read)
        return found


def _expectation(name: str, document: Mapping[str, Any]) -> Expectation:
    locales = document["locales"]
    return Expectation(
        target=Target(name, {locale: each["slug"] for locale, each in locales.items()}),
        titles={locale: _title(locale, each) for locale, each in locales.items()},
        texts={locale: each["body"][0]["html"] for locale, each in locales.items()},
    )


def _title(locale: str, localization: Mapping[str, Any]) -> str:
    """Return how the post begins: X is English here, Facebook Vietnamese."""
    said = (localization.get("social") or {}).get("x" if locale == "en" else "facebook") or {}
    short = localization.get("short_title") if locale == "en" else None
    return str(said.get("text") or short or localization["title"])


def _corrected_texts(document: Mapping[str, Any]) -> dict[str, str]:
    return {locale: each["body"][6]["html"] for locale, each in document["locales"].items()}


def _hops(record: evidence.Carried, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Tell how long the article travelled: commit, Kafka, delivered at the last channel."""
    relay = (record.carried_at - record.committed_at).total_seconds()
    arrivals = sorted(
        (datetime.fromisoformat(row["at"]) - record.carried_at).total_seconds() for row in rows
    )
    return [
        f"commit → Kafka {max(0.0, relay):.2f} s",
        f"Kafka → delivered {statistics.median(arrivals):.2f} s (last {arrivals[-1]:.2f} s)",
        f"{len(rows)} deliveries closed",
    ]
