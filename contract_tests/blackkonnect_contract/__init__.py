"""The proof that a gateway keeps to the document.

It reads the document and talks HTTP; it knows neither the client nor the emulator.
"""
