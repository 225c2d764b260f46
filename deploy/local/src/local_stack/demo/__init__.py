# SPDX-License-Identifier: EUPL-1.2
"""The story that `make demo` plays, and that the tests play with processes being killed.

Every step is verified from outside: over HTTP, S3 and Kafka, never by looking into a database.
"""
