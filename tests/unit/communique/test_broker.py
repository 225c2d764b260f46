# SPDX-License-Identifier: EUPL-1.2
from communique.broker import Broker
from communique.settings import read


def test_without_a_user_there_is_no_login():
    broker = read(Broker, {"COMMUNIQUE_KAFKA": "one:9092,two:9092"})
    assert broker.options() == {"bootstrap_servers": ["one:9092", "two:9092"]}


def test_with_a_user_scram_over_tls_is_used():
    broker = read(
        Broker,
        {
            "COMMUNIQUE_KAFKA": "one:9093",
            "COMMUNIQUE_KAFKA_USERNAME": "syndicator",
            "COMMUNIQUE_KAFKA_PASSWORD": "secret",
            "COMMUNIQUE_KAFKA_CA_FILE": "/ca.pem",
        },
    )
    assert broker.options() == {
        "bootstrap_servers": ["one:9093"],
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "syndicator",
        "sasl_plain_password": "secret",
        "ssl_cafile": "/ca.pem",
    }
