# SPDX-License-Identifier: EUPL-1.2
"""What the tests of this service import: fakes, builders, and the suites that fakes must pass."""
