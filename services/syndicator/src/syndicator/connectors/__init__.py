# SPDX-License-Identifier: EUPL-1.2
"""One file per kind of destination. A connector knows no retry and no other connector."""
