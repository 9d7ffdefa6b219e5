"""The page of voices: who speaks in which source, whose words travel, and whom sources cite."""
