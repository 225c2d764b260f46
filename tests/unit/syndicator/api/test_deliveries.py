# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.testing.articles import ARTICLE, an_article
from syndicator.ports import DeliveryError
from syndicator.testing.builders import DELIVERY, a_channel, a_social_channel
from syndicator.use_cases.plan import plan_version

READER = {"Authorization": "Bearer ck_reader"}


@pytest.fixture
def failed(wired):
    wired.add(a_channel(), a_social_channel())
    wired.platform.before = [DeliveryError("too long", permanent=True)]
    plan_version(an_article(media=()), wired.deps)
    wired.deliver_all()
    return next(row.id for row in wired.store.rows if row.channel == "social-en")


def test_deliveries_are_found_by_article_channel_and_state(client, failed):
    def found(query):
        return client.get(f"/v1/deliveries?{query}", headers=READER).json["items"]

    assert len(found(f"article={ARTICLE}")) == 3
    assert [each["id"] for each in found("channel=social-en")] == [failed]
    (row,) = found("state=failed")
    assert (row["reason"], row["wanted_version"]) == ("too long", 1)
    assert "version" not in row


def test_pages_follow_each_other(client, failed):
    seen, cursor = [], ""
    for _ in range(4):
        page = client.get(f"/v1/deliveries?limit=1{cursor}", headers=READER).json
        seen += [each["id"] for each in page["items"]]
        cursor = f"&cursor={page['next']}"
        if page["next"] is None:
            break
    assert len(seen) == len(set(seen)) == 3


def test_a_failed_delivery_is_retried(wired, client, key, failed):
    answer = client.post(f"/v1/deliveries/{failed}/retry", headers=key)
    assert (answer.status_code, answer.json["state"]) == (200, "due")
    wired.deliver_all()
    shown = client.get(f"/v1/deliveries/{failed}", headers=READER).json
    assert (shown["state"], shown["version"]) == ("delivered", 1)
    again = client.post(f"/v1/deliveries/{failed}/retry", headers=key)
    assert again.status_code == 409


def test_a_delivery_is_waived_with_a_reason(client, key, failed):
    assert client.post(f"/v1/deliveries/{failed}/waive", json={}, headers=key).status_code == 422
    answer = client.post(f"/v1/deliveries/{failed}/waive", json={"why": "by hand"}, headers=key)
    assert (answer.json["state"], answer.json["reason"]) == ("waived", "waived by ck_all: by hand")


def test_only_an_unknown_delivery_is_resolved(client, key, failed):
    body = {"outcome": "delivered", "external_id": "post-1"}
    answer = client.post(f"/v1/deliveries/{failed}/resolve", json=body, headers=key)
    assert answer.status_code == 409
    missing = {"outcome": "delivered"}
    answer = client.post(f"/v1/deliveries/{failed}/resolve", json=missing, headers=key)
    assert answer.json["errors"][0]["pointer"] == "/external_id"


@pytest.mark.parametrize("delivery", [DELIVERY, "nonsense"])
def test_an_unknown_delivery_is_404(client, key, delivery):
    assert client.get(f"/v1/deliveries/{delivery}", headers=key).status_code == 404
    assert client.post(f"/v1/deliveries/{delivery}/retry", headers=key).status_code == 404


def test_reading_is_not_managing(client, failed):
    assert client.post(f"/v1/deliveries/{failed}/retry", headers=READER).status_code == 403
