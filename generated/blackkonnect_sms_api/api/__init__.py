# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
"""Contains methods for accessing the API"""
