"""The commands, a module each: its arguments, and what it does. A module is loaded when its command
is called."""
