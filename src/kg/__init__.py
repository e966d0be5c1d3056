"""Knowledge graphs of Chinese policy texts, with the sentence behind every fact."""

__version__ = "0.1.0"
