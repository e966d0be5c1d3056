"""A language model as a second reader: it reads beside the rules, and every fact it gives passes a gate.

Nothing here runs, is imported or contacts anything unless a model was asked for. The endpoint is any that speaks
the chat completions of OpenAI (Ollama, vLLM, hosted ones). Answers are kept by content, model and instructions, so a
build with kept answers is the same again and needs no endpoint.
"""

from .agreement import corroborated
from .endpoint import Endpoint
from .reading import Account, ModelReader

__all__ = ["Account", "Endpoint", "ModelReader", "corroborated"]
