"""What the app keeps: the indexes it builds, the corpora that users bring, and their builds."""
