"""Mail: archives and single messages."""
