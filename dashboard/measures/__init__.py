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
# In the order of modules, whichever of them imported another.
_in_order = sorted(TABLES.items(), key=lambda entry: entry[1].__module__)
TABLES.clear()
TABLES.update(_in_order)
