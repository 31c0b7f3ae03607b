# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
"""Contains endpoint functions for accessing the API"""
