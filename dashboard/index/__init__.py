"""Articles → everything derived from them, on disk.

Building needs scikit-learn, opening does not.
"""
