# SPDX-License-Identifier: EUPL-1.2
"""Body blocks from Markdown and HTML, and Markdown from blocks. Pure; nothing is left out."""
