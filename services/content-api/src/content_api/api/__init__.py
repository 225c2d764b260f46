# SPDX-License-Identifier: EUPL-1.2
"""The edge: every namespace, listed by hand."""
