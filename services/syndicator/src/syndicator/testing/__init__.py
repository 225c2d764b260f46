# SPDX-License-Identifier: EUPL-1.2
"""What the tests of this service import: builders, a fake destination, a store in memory."""
