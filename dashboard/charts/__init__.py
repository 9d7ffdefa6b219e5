"""Tidy table in, plotly figure out. Same nouns as the measures; nothing here knows of Streamlit."""
