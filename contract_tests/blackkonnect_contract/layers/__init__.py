"""The layers of the gate: each asks in its own way, is reported by itself, and can be run alone.

A layer is a function ``check(run)`` in a module of its own here; ``blackkonnect_contract.gate`` lists them.
"""
