"""Conditions as people say them; the designer says them in the same words."""

from mendloop.printed.conditions.sentence import Sentence, sentence_of

__all__ = ["Sentence", "sentence_of"]
