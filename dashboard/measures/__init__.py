"""Measures: (index, scope) → a small tidy table. ``TABLES`` has every one that can be exported.

Each module here is imported, and so enters its tables: a new one needs no line.
"""

from importlib import import_module
from pkgutil import iter_modules

from dashboard.measures.registry import TABLES

__all__ = ["TABLES"]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
