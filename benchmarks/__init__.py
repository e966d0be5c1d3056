"""Figures of speed and memory, each beside a peer that does the same in the same run."""
