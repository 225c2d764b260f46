# SPDX-License-Identifier: EUPL-1.2
"""Signing keys on PostgreSQL: one signs, former ones vouch, none in use can go."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import orjson
import psycopg
import pytest
from cryptography.fernet import Fernet
from werkzeug.serving import make_server

from communique.errors import Unavailable
from communique.events.codec import encode_value
from communique.events.envelope import EventType
from communique.events.shapes import ArticleSchema
from content_api.app import create_app
from content_api.bootstrap import build, migrate
from content_api.domain.signature import KeyInUse, NoSuchSigningKey, key_id, read
from content_api.testing.builders import a_document, with_slugs
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore

EXAMPLE = Path(__file__).parents[3] / "examples" / "verify.py"


@pytest.fixture(params=["memory", "postgres"])
def deps(request):
    if request.param == "memory":
        return MemoryStore().deps()
    return request.getfixturevalue("service").deps


@pytest.fixture
def keys(service):
    return service.deps.signing_keys


def public_document(deps, article, locale=""):
    return orjson.loads(deps.shelf.get(article.id, locale).body)


def kid_of(document):
    return read(document["signature"]).kid


def test_there_is_one_key_from_the_start(deps):
    [key] = deps.signing_keys.all()
    assert key.kid == key_id(key.public)
    assert deps.signing_keys.find(key.kid) == key
    assert deps.signing_keys.find("nothing") is None
    assert (key.replaced_at, key.retired_at) == (None, None)


def test_every_document_is_signed_with_it(deps):
    article = Desk(deps).live(a_document())
    [key] = deps.signing_keys.all()
    for locale in ("", "vi", "en"):
        document = public_document(deps, article, locale)
        signature = read(document["signature"])
        assert signature.kid == key.kid
        assert signature.fits(document, key.public)


def test_a_replaced_key_vouches_until_nothing_public_needs_it(deps):
    desk, signing = Desk(deps), deps.signing_keys
    article = desk.live(a_document())
    [first] = signing.all()
    second = signing.rotate()
    assert [key.kid for key in signing.all()] == [second.kid, first.kid]
    assert signing.find(first.kid).replaced_at is not None
    assert kid_of(public_document(deps, article)) == first.kid
    for refused in (first.kid, second.kid):
        with pytest.raises(KeyInUse):
            signing.retire(refused)
    desk.publish(desk.approve(desk.save(article, replace(a_document(), urgency=2))))
    assert kid_of(public_document(deps, article)) == second.kid
    signing.retire(first.kid)
    retired = signing.find(first.kid)
    assert retired.retired_at is not None
    signing.retire(first.kid)
    assert signing.find(first.kid) == retired
    with pytest.raises(NoSuchSigningKey):
        signing.retire("nothing")


def test_the_announcement_says_what_is_public(service, desk, sql):
    article = desk.live(a_document())
    [(value,)] = sql("SELECT value FROM content_api.outbox").fetchall()
    [(kept,)] = sql("SELECT document FROM content_api.versions").fetchall()
    assert bytes(value) == bytes(kept) == service.deps.shelf.get(article.id, "").body
    announced = ArticleSchema().load(orjson.loads(value))
    assert encode_value(EventType.ARTICLE_PUBLISHED, announced) == bytes(value)


def test_the_rows_name_their_key(desk, keys, sql):
    desk.live(a_document())
    rows = sql("SELECT DISTINCT signed_by FROM content_api.published").fetchall()
    assert rows == [(keys.all()[0].kid,)]


def test_private_keys_are_encrypted_and_destroyed(keys, sql, secret_key):
    [(kept,)] = sql("SELECT private FROM content_api.signing_keys").fetchall()
    assert len(Fernet(secret_key).decrypt(bytes(kept))) == 32
    keys.rotate()
    rows = sql("SELECT private IS NULL, replaced_at IS NULL FROM content_api.signing_keys")
    assert sorted(rows) == [(False, True), (True, False)]


def test_a_key_is_never_deleted_and_two_never_sign(sql):
    with pytest.raises(psycopg.errors.RestrictViolation):
        sql("DELETE FROM content_api.signing_keys")
    with pytest.raises(psycopg.errors.UniqueViolation):
        sql(
            "INSERT INTO content_api.signing_keys (kid, public, private)"
            " SELECT 'other', public, private FROM content_api.signing_keys"
        )


def test_migrating_again_makes_no_other_key(service, keys):
    before = keys.all()
    migrate(service.settings)
    assert keys.all() == before


def test_another_secret_key_stops_publishing_until_a_rotation(service):
    other = build(replace(service.settings, secret_key=Fernet.generate_key().decode()))
    other.shelf.open()
    try:
        desk = Desk(other.deps)
        article = desk.approved(a_document())
        with pytest.raises(Unavailable, match="COMMUNIQUE_SECRET_KEY"):
            desk.publish(article)
        other.deps.signing_keys.rotate()
        assert desk.publish(article).version == 1
    finally:
        other.shelf.close()
        other.engine.dispose()


def test_a_newer_secret_key_before_the_former_one_changes_nothing(service, secret_key):
    both = f"{Fernet.generate_key().decode()},{secret_key}"
    other = build(replace(service.settings, secret_key=both))
    try:
        assert Desk(other.deps).live(a_document()).version == 1
    finally:
        other.engine.dispose()


def test_without_a_key_nothing_is_published(desk, sql):
    sql("ALTER TABLE content_api.signing_keys DISABLE TRIGGER never_deleted")
    sql("DELETE FROM content_api.signing_keys")
    with pytest.raises(Unavailable, match="migrate"):
        desk.live(a_document())
    assert sql("SELECT count(*) FROM content_api.published").fetchone() == (0,)


def test_rotating_while_many_publish_leaves_every_document_verifiable(service, desk):
    ready = [desk.approved(with_slugs(a_document(), str(number))) for number in range(16)]
    done = threading.Event()

    def rotate():
        while not done.is_set():
            service.deps.signing_keys.rotate()

    with ThreadPoolExecutor(4) as pool:
        rotating = pool.submit(rotate)
        published = list(pool.map(desk.publish, ready))
        done.set()
        rotating.result()
    known = {key.kid: key.public for key in service.deps.signing_keys.all()}
    assert len(known) > 2
    for article in published:
        document = public_document(service.deps, article)
        assert read(document["signature"]).fits(document, known[kid_of(document)])


def test_the_command_lists_rotates_and_retires(service, postgres_url, secret_key, monkeypatch):
    monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", postgres_url)
    monkeypatch.setenv("COMMUNIQUE_SECRET_KEY", secret_key)
    monkeypatch.setenv("COMMUNIQUE_KAFKA", "127.0.0.1:1")

    def run(*words):
        command = [sys.executable, "-m", "content_api", "signing", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout, done.stderr

    [first] = service.deps.signing_keys.all()
    assert "signs now" in run("list")[1]
    status, _, said = run("retire", first.kid)
    assert (status, said) == (2, "content-api: It is the key that signs now; rotate first.\n")
    second = run("rotate")[1].strip()
    assert "replaced" in run("list")[1]
    assert run("retire", first.kid) == (0, "", "")
    lines = run("list")[1].splitlines()
    assert [line.split()[0] for line in lines] == [second, first.kid]
    assert "retired" in lines[1]


@pytest.fixture
def server(service):
    """The application on a port of its own."""
    app = create_app(service.deps, service.site, service.guard(), service.ready)
    running = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.port}"
    running.shutdown()
    thread.join()
    running.server_close()


def run_example(server, document):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", EXAMPLE, server],
        input=orjson.dumps(document),
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


def test_the_example_verifies_what_is_served(server, service, desk):
    article = desk.live(a_document())
    verify = partial(run_example, server)
    [key] = service.deps.signing_keys.all()
    document = public_document(service.deps, article, "vi")
    assert verify(document) == (0, f"GOOD: version 1, signed with {key.kid}\n")
    service.deps.signing_keys.rotate()
    assert verify(public_document(service.deps, article))[0] == 0
    for bad in (
        {**document, "urgency": 1},
        {**document, "signature": None},
        {name: value for name, value in document.items() if name != "signature"},
        {**document, "signature": document["signature"].replace("..", ".e30.")},
    ):
        status, said = verify(bad)
        assert (status, said[:4]) == (1, "BAD:")
