# SPDX-License-Identifier: EUPL-1.2
"""What the tests of this service import: builders, and a store in memory that behaves the same."""
