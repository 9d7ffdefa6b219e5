"""What all figures are made of: places and labels, traces, axes of time."""
