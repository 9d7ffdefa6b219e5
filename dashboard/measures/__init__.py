"""Measures: (index, scope) → a small tidy table. ``TABLES`` has every one that can be exported.

Each module here and in the packages below is imported, and so enters its tables: a new one needs
no line.
"""

from importlib import import_module
from pkgutil import walk_packages

from dashboard.measures.registry import TABLES

__all__ = ["TABLES"]

for _module in walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)
