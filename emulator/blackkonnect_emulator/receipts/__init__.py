"""Receipts that go to the customers' addresses."""
