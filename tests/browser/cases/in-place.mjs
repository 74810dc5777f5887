// What a script makes better: parts of a page change in place, and what is shown once can be copied.
import { run } from "../lib/browser.mjs";
import { pointer as hand } from "../lib/hands.mjs";
import { setting } from "../lib/settings.mjs";
import { enter } from "../lib/ways.mjs";

const { endpoint } = JSON.parse(setting("OBJECTS"));

await run(async (open, problems) => {
  const page = await enter(open, setting("LINK"), { permissions: ["clipboard-read", "clipboard-write"] });
  for (const act of [filterTheLog, filterTheTrail, sendTest]) {
    problems.unless(await staysOn(page, act), act.name, "loads the page anew");
  }
  await page.goto("/settings/keys/new");
  await hand.write(page.getByLabel("Name"), "Copied");
  await hand.tick(page.getByLabel("org:read:operations"));
  await hand.press(page.getByRole("button", { name: "Make the key" }));
  const secret = await page.getByLabel("Secret", { exact: true }).inputValue();
  await hand.press(page.getByRole("button", { name: "Copy" }).first());
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  problems.unless(copied === secret, "the copy", "is not the secret");
});

function rows(page, part) {
  return page.locator(`${part} tbody tr`);
}

// Whether the document is the same after something was done in it.
async function staysOn(page, act) {
  await act(page, () => page.evaluate(() => (window.isTheSame = true)));
  return page.evaluate(() => window.isTheSame === true);
}

async function filterTheLog(page, mark) {
  await page.goto("/settings/deliveries");
  await mark();
  await page.getByLabel("Status").selectOption("SIMULATED");
  await hand.press(page.getByRole("button", { name: "Show", exact: true }));
  await rows(page, "#log").filter({ hasNotText: "webhook.test" }).first().waitFor({ state: "detached" });
  await rows(page, "#log").first().waitFor();
  await page.waitForURL(/status=SIMULATED/);
  await page.goBack();
  await rows(page, "#log").filter({ hasText: "resource_booking.created" }).first().waitFor();
  await mark();
}

async function filterTheTrail(page, mark) {
  await page.goto("/settings/audit");
  await mark();
  await hand.write(page.getByLabel("What"), "webhook_endpoint");
  await hand.press(page.getByRole("button", { name: "Filter" }));
  await page.waitForURL(/what=webhook_endpoint/);
  await rows(page, "#trail").filter({ hasText: "api_key." }).first().waitFor({ state: "detached" });
  await rows(page, "#trail").first().waitFor();
}

async function sendTest(page, mark) {
  await page.goto(`/settings/webhooks/${endpoint}`);
  await mark();
  const before = await rows(page, "#recent").count();
  await hand.press(page.getByRole("button", { name: "Send test" }));
  await rows(page, "#recent").nth(before).waitFor();
}
