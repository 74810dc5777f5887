// A new owner's first hour: in by the link that `org-api dev` prints, a key, a call with it, an
// endpoint, a test, its signature, and the key's end.
import { run } from "../lib/browser.mjs";
import { keyboard, pointer } from "../lib/hands.mjs";
import { looks, setting } from "../lib/settings.mjs";
import { signInByLink, to } from "../lib/ways.mjs";
import { call, statusBy } from "../lib/api.mjs";
import { bySignature, byWebhookSignature } from "../lib/signatures.mjs";

// How soon a revoked key is refused.
const REVOKED_WITHIN = 2_000;

const options = {
  viewport: looks[setting("LOOK")],
  colorScheme: setting("THEME"),
  javaScriptEnabled: setting("SCRIPTS") === "on",
};
const hand = { pointer, keyboard }[setting("HAND")];

await run(async (open, problems) => {
  const page = await open(options);
  await signInByLink(page, hand, setting("LINK"));
  const key = await makeKey(page);
  problems.unless((await call(key)).status === 200, "a new key", "is refused");
  const secret = await makeEndpoint(page);
  const delivery = await sendTest(page);
  problems.unless(delivery.type === "webhook.test", "the delivery", `is a ${delivery.type}`);
  problems.unless(bySignature(delivery, secret), "the delivery", "bears a wrong X-Kalinklo-Signature");
  problems.unless(byWebhookSignature(delivery, secret), "the delivery", "bears a wrong webhook-signature");
  await revoke(page);
  const status = await statusBy(key, 401, REVOKED_WITHIN);
  problems.unless(status === 401, "a revoked key", `is answered ${status} after ${REVOKED_WITHIN} ms`);
});

async function makeKey(page) {
  await to(page, hand, "API keys");
  await hand.press(page.getByRole("link", { name: "New key" }));
  await hand.write(page.getByLabel("Name"), "The first program");
  await hand.tick(page.getByLabel("org:read:operations"));
  await hand.press(page.getByRole("button", { name: "Make the key" }));
  return page.getByLabel("Secret", { exact: true }).inputValue();
}

async function makeEndpoint(page) {
  await to(page, hand, "Webhooks");
  await hand.press(page.getByRole("link", { name: "New endpoint" }));
  await hand.write(page.getByLabel("URL"), "https://example.com/hook");
  await hand.tick(page.getByLabel("production.created", { exact: true }));
  await hand.press(page.getByRole("button", { name: "Make the endpoint" }));
  return page.getByLabel("Signing secret", { exact: true }).inputValue();
}

// Has a test delivery made, and reads it from its page.
async function sendTest(page) {
  await hand.press(page.getByRole("link", { name: "To the endpoint" }));
  await hand.press(page.getByRole("button", { name: "Send test" }));
  await hand.press(page.getByRole("region", { name: "Newest deliveries" }).getByRole("link"));
  const type = await page.getByRole("heading", { level: 1, name: "webhook.test" }).textContent();
  const body = await page.getByLabel("The payload as it is sent").textContent();
  const rows = await page.getByRole("region", { name: "Headers" }).locator("tbody tr").all();
  const cells = await Promise.all(rows.map((row) => row.locator("code").allTextContents()));
  return { type, body, headers: Object.fromEntries(cells.map(([name, value]) => [name.toLowerCase(), value])) };
}

async function revoke(page) {
  await to(page, hand, "API keys");
  await hand.press(page.getByRole("link", { name: "The first program" }));
  await hand.press(page.getByRole("link", { name: "Revoke" }));
  await hand.press(page.getByRole("button", { name: "Revoke The first program" }));
  await page.getByText("Revoked", { exact: false }).first().waitFor();
}
