"""Music by rule: a style, a length and a seed become a score, the score becomes sound. Nothing is taken from existing pieces."""
