"""Lambda handlers: one folder is one Lambda, one file in it one storyboard step."""
