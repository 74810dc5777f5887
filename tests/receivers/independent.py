"""Verifies with libraries of others: standardwebhooks, and gidgethub, which is made for GitHub."""

from gidgethub import ValidationFailure, sansio
from standardwebhooks import Webhook, WebhookVerificationError

Unverified = (WebhookVerificationError, ValidationFailure)


def verify(headers, body, secrets):
    with_any(secrets, lambda secret: Webhook(secret).verify(body, headers))


def verify_body(headers, body, secrets):
    signature = headers.get("X-Kalinklo-Signature", "")
    with_any(
        secrets,
        lambda secret: sansio.validate_event(body, signature=signature, secret=secret),
    )


def with_any(secrets, verify):
    """The libraries know one secret at a time."""
    *others, last = secrets
    for secret in others:
        try:
            return verify(secret)
        except Unverified:
            pass
    return verify(last)
