# SPDX-License-Identifier: EUPL-1.2
"""The only package that imports kafka-python."""
