"""Measurements of the product against floors measured in the same run; also its saved sites for tests."""
