# SPDX-License-Identifier: EUPL-1.2
"""What /openapi.json and /swagger.json say is well formed."""

import pytest
from openapi_spec_validator import validate

from communique.web.openapi import describe
from content_api.api import NAMESPACES


@pytest.mark.parametrize("form", ["3.1.0", "2.0"])
def test_the_description_is_valid(form):
    validate(describe(NAMESPACES, title="content-api", version="1.0.0", form=form))
