"""Media: uploaded files, their renditions and what was seen in them."""
