# SPDX-License-Identifier: EUPL-1.2
"""Events written in the same transaction as the change they announce.

A change without its event, or an event without its change, cannot be committed. What this is not:
a queue for work, or a log to page by. Rows stand in the order in which changes of one key were
committed (the writer holds the row lock of what it changes), and the relay keeps that order.
"""
