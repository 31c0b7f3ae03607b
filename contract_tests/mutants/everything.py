"""All faulty gateways."""

from __future__ import annotations

from mutants import authentication, robustness, shape, state, validation
from mutants.faults import MUTANTS

__all__ = ["MODULES", "MUTANTS"]

MODULES = (shape, validation, authentication, state, robustness)
