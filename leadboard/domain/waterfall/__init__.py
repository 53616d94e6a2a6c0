"""The rules of enrichment by outside services: who is asked next, what is kept, what is accepted, what it costs.

Everything here is pure: records, answers, moments and numbers of chance are handed in.
"""
