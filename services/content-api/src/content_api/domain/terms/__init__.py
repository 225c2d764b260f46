# SPDX-License-Identifier: EUPL-1.2
"""Official names: what the glossary says, and where a text says something else. Pure."""
