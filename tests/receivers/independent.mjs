// Verifies with libraries of others: standardwebhooks, and @octokit/webhooks-methods, which is made
// for GitHub.
import { verifyWithFallback } from "@octokit/webhooks-methods";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

export class Unverified extends Error {}

export function verify(headers, body, secrets) {
  if (!secrets.some((secret) => believes(secret, headers, body))) throw new Unverified();
}

export async function verifyBody(headers, body, [secret, ...others]) {
  // The library takes text, and calls a signature that is not there a mistake of the program.
  const signature = headers["x-kalinklo-signature"] ?? "none";
  if (!(await verifyWithFallback(secret, body.toString(), signature, others))) throw new Unverified();
}

function believes(secret, headers, body) {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}
