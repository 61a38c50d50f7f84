"""The key-less planner: rules that cut every word of a reel out of the creator's brief."""
