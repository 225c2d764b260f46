# SPDX-License-Identifier: EUPL-1.2
from local_stack.addresses import PORTS, Ports, printable, replaced


def test_no_two_programs_want_the_same_port():
    wanted = [port for ports in PORTS.values() for port in ports.values()]
    assert len(wanted) == len(set(wanted))


def test_an_offset_shifts_every_port():
    assert Ports(1000).of("broker") == {"kafka": 9092, "controller": 9093}
    assert Ports(1000).url("content-api-web") == "http://127.0.0.1:9001"


def test_weed_finds_the_admin_where_its_worker_looks_for_it():
    ports = Ports(1000)
    assert ports.one("s3", "admin.grpc") == ports.one("s3", "admin") + 10000


def test_a_worker_has_no_port():
    assert Ports().of("syndicator-worker") == {}


def test_components_given_in_the_environment_are_replaced():
    environ = {"COMMUNIQUE_KAFKA": "kafka.example:9092", "COMMUNIQUE_DATABASE_URL": ""}
    assert replaced(environ) == {"broker": "kafka.example:9092"}


def test_a_password_is_not_printed():
    assert printable("postgresql://us:secret@host:1/db") == "postgresql://us@host:1/db"
    assert printable("127.0.0.1:8092") == "127.0.0.1:8092"
