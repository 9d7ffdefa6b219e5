"""What Streamlit has no element for: a little JavaScript each, beside the module that draws it."""
