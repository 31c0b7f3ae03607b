"""Faulty gateways, each with one fault, to measure what the gate finds.

Each is the emulator with something wrapped around it that changes a request on its way in, or an answer on
its way out. A fault is a function with a decorator of ``faults.py``; its docstring says what is wrong.
"""
