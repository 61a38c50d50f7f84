"""Stand-ins for the social platforms: they speak the vendors' real protocols on one machine, errors included."""
