"""Answers that are made for one request, compressed on their way out.

A view asks for it with `after_this_request(compress)`; never one whose answer holds a secret (BREACH).
"""

import gzip

from flask import request
from werkzeug.wrappers import Response

WORTH_IT = 1024
LEVEL = 6


def compress(response: Response) -> Response:
    """The answer as gzip, where the browser takes that and it is worth it. Asking twice is harmless."""
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) >= WORTH_IT and request.accept_encodings["gzip"] and "Content-Encoding" not in response.headers:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
