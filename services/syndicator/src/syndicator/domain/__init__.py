# SPDX-License-Identifier: EUPL-1.2
"""Pure: no Flask, no SQLAlchemy, no Kafka, no clock, no files."""
