// Takes the pictures of docs/CONSOLE.md, and prints their names.
import { join } from "node:path";
import { run } from "../lib/browser.mjs";
import { pointer as hand } from "../lib/hands.mjs";
import { looks, setting } from "../lib/settings.mjs";
import { enter } from "../lib/ways.mjs";

const objects = JSON.parse(setting("OBJECTS"));

// What is in a picture, and how one gets there.
const VIEWS = [
  ["overview", (page) => page.goto("/settings")],
  ["keys", (page) => page.goto("/settings/keys")],
  ["key", (page) => page.goto(`/settings/keys/${objects.key}`)],
  ["secret", makeKey],
  ["endpoint", (page) => page.goto(`/settings/webhooks/${objects.endpoint}`)],
  ["delivery", (page) => page.goto(`/settings/deliveries/${objects.delivery}`)],
  ["people", (page) => page.goto("/settings/people")],
  ["audit", (page) => page.goto("/settings/audit")],
];

const SIZE = { width: 1280, height: 860 };

await run(async (open) => {
  const guest = await open({ viewport: SIZE });
  await guest.goto("/settings/sign-in");
  await take(guest, "sign-in");
  const page = await enter(open, setting("LINK"), { viewport: SIZE });
  for (const [name, go] of VIEWS) {
    await go(page);
    await take(page, name);
  }
  await page.goto("/settings");
  await page.setViewportSize(looks.narrow);
  await takeOne(page, "overview-narrow");
});

async function makeKey(page) {
  await page.goto("/settings/keys/new");
  await hand.write(page.getByLabel("Name"), "Ticket shop, staging");
  await hand.tick(page.getByLabel("org:read:operations"));
  await hand.press(page.getByRole("button", { name: "Make the key" }));
  await page.getByLabel("Secret", { exact: true }).waitFor();
}

// By day and by night.
async function take(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await takeOne(page, `${name}-${colorScheme}`);
  }
}

async function takeOne(page, name) {
  await page.screenshot({ path: join(setting("PICTURES"), `${name}.png`) });
  console.log(`picture ${name}.png`);
}
