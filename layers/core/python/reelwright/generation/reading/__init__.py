"""How a script is read aloud: numbers, dates, times, prices, units, abbreviations, handles and addresses as words."""
