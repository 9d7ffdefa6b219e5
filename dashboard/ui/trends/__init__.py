"""Trends: keywords over time, what rose, then and now."""
