"""Creators own everything: accounts, sign-in, sessions."""
