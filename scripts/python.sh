#!/bin/sh
# Prints the first Python on PATH that is new enough for Safety Plan.
set -u

# A version manager's shim may stand on PATH for a Python that is not there, so each is tried, not looked up.
# The base executable is printed because python3 may be that of the .venv about to be rebuilt.
for name in python3 python3.11 python3.12 python3.13 python3.14 python; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11) or print(sys._base_executable))' 2>/dev/null && exit
done

echo "python.sh: Safety Plan needs Python 3.11 or newer, and none of python3, python3.11 ... is on PATH." >&2
exit 1
