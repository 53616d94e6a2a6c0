"""The work: durable workflows, the agents of the pipeline, and what keeps them running."""
