"""The services of the demo world, each in the very format of the real one."""
