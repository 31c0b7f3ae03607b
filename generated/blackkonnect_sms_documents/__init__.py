# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
"""The document and its editions as JSON, to be read with importlib.resources.

- blackkonnect-sms.json
- 2025-05-16.json
- 2026-02-25.json
"""
