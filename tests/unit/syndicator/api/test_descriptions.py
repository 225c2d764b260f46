# SPDX-License-Identifier: EUPL-1.2
def test_both_descriptions_are_written(client):
    for path in ("/openapi.json", "/swagger.json"):
        described = client.get(path).json
        assert "/wires/{channel}" in described["paths"]
