"""What a person may do. Pages, API and command line call these and nothing lower."""
