"""stub"""


def suggest(words, records, text, limit, synonyms):
    return []
