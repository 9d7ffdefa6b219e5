"""Voices as tables: what is quoted, who is, whose words travel, and whom each source cites."""
