# SPDX-License-Identifier: EUPL-1.2
"""Reads and writes the words inside picture files. Bytes in, values out."""
