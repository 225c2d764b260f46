# SPDX-License-Identifier: EUPL-1.2
import pytest

from media_store.domain.metadata.xmp import read, write
from media_store.domain.texts import Texts

HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">'
)
TAIL = "</rdf:RDF></x:xmpmeta>"


def packet(inside):
    return f"{HEAD}{inside}{TAIL}".encode()


def test_what_is_written_is_read():
    texts = Texts(
        credit="Ảnh: Bộ Ngoại giao & <khách>",
        rights="Free to use",
        creator="Desk",
        caption={"vi": "Cầu cảng", "en": "A quay"},
        alt={"en": "A red boat"},
    )
    assert read(write(texts)) == texts


def test_undetermined_is_the_default_in_the_file():
    texts = Texts(caption={"und": "A quay", "vi": "Cầu cảng"})
    written = write(texts)
    assert b'xml:lang="x-default">A quay' in written
    assert b"und" not in written
    assert read(written) == texts


def test_nothing_else_is_written():
    assert b"GPS" not in write(Texts())
    assert read(write(Texts())) == Texts()


def test_a_credit_may_be_an_attribute():
    assert read(packet('<rdf:Description photoshop:Credit="Desk"/>')).credit == "Desk"


def test_usage_terms_stand_in_for_rights():
    terms = (
        "<rdf:Description><xmpRights:UsageTerms><rdf:Alt>"
        '<rdf:li xml:lang="x-default">Free</rdf:li></rdf:Alt></xmpRights:UsageTerms>'
        "</rdf:Description>"
    )
    assert read(packet(terms)).rights == "Free"


def test_a_packet_always_fits_a_jpeg_segment():
    long = {f"l{chr(97 + number)}": "ế" * 2_000 for number in range(20)}
    texts = Texts(credit="ế" * 300, rights="ế" * 2_000, caption=long, alt=long)
    written = write(texts)
    assert len(written) < 65_502
    assert read(written).credit == texts.credit
    assert len(read(written).caption) == 1


@pytest.mark.parametrize(
    "broken", [b"", b"<", b"<x/>", b"\xff\xfe", b"no xml", packet("<rdf:Description")]
)
def test_broken_packets_say_nothing(broken):
    assert read(broken) == Texts()


def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    evil = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>{HEAD}'
        f"<rdf:Description><photoshop:Credit>&e;</photoshop:Credit></rdf:Description>{TAIL}"
    )
    assert read(evil.encode()) == Texts()


def test_a_bomb_of_entities_is_not_unpacked():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";"}{"&" + chr(97 + n) + ";" * 9}">'
        for n in range(20)
    )
    evil = f"{bomb}]>{HEAD}<rdf:Description photoshop:Credit='&u;'/>{TAIL}"
    assert len(read(evil.encode()).credit or "") < 10_000
