#!/bin/sh
# Prints the first Python that is at least 3.11, or says what is missing.
for name in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
echo "Mendloop needs Python 3.11 or newer, and none was found on the path. Name one with PYTHON=/path/to/python." >&2
exit 1
