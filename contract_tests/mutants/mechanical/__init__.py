"""Faulty gateways that nobody chose: the emulator with one place of its source changed by a tool.

``python -m mutants.mechanical`` tries them, all or a sample.
"""
