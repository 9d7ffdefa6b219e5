"""A report in one file: figures, tables and sentences that each say where they come from, and the
check that they still do."""
