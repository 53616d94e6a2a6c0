"""Drawing only: functions from display dataclasses and event handlers to components; none of them knows a State."""
