# SPDX-License-Identifier: EUPL-1.2
"""The components from wheels and jars: each says how it is prepared, run, and known to answer."""
