// Verifies a delivery by its two signatures, from what is promised of them alone.
import { createHmac } from "node:crypto";

const hmac = (key, text, encoding) => createHmac("sha256", key).update(text).digest(encoding);

// `X-Kalinklo-Signature`: the body alone, under the secret as it is shown.
export const bySignature = ({ headers, body }, secret) =>
  headers["x-kalinklo-signature"] === `sha256=${hmac(secret, body, "hex")}`;

// `webhook-signature`: id, time and body, under the bytes of which the secret is the base64.
export function byWebhookSignature({ headers, body }, secret) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const message = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return headers["webhook-signature"]?.split(" ").includes(`v1,${hmac(key, message, "base64")}`) === true;
}
