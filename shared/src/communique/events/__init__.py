# SPDX-License-Identifier: EUPL-1.2
"""The language the services speak to each other."""
