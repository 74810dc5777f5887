"""Has a module verify every message of a folder, and prints two verdicts a line: by the Standard
Webhooks headers, and by X-Kalinklo-Signature.

What a module refuses it must refuse by its own error: any other ends the run.
"""

import http.client
import pathlib
import runpy
import sys

module = runpy.run_path(sys.argv[1])


def verdict(verify, message):
    try:
        verify(*message)
    except module["Unverified"]:
        return "false"
    return "true"


for folder in sorted(pathlib.Path(sys.argv[2]).iterdir()):
    with open(folder / "headers", "rb") as headers:
        message = [http.client.parse_headers(headers)]
    message += [(folder / "body").read_bytes(), (folder / "secrets").read_text().split(" ")]
    print(verdict(module["verify"], message), verdict(module["verify_body"], message))
