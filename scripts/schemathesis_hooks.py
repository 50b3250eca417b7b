"""Who asks, and from where: scripts/schemathesis loads this."""

import os
import random

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    """Each call comes from an address of its own, or the limits would answer most of them."""
    headers = case.headers
    headers["X-Forwarded-For"] = ".".join(str(random.randrange(1, 255)) for _ in range(4))
    headers["Cookie"] = os.environ["LEAVING" if case.method.upper() == "DELETE" else "COOKIE"]
