// A second factor: switched on with an app's code, asked for at the next sign-in, and passed with a
// recovery code. Its pages are seen on no other way, so each is held here to what the others are.
import { run } from "../lib/browser.mjs";
import { pointer as hand } from "../lib/hands.mjs";
import { lookAt } from "../lib/look.mjs";
import { code } from "../lib/one-time.mjs";
import { setting } from "../lib/settings.mjs";
import { path } from "../lib/watch.mjs";
import { enter, PASSWORD } from "../lib/ways.mjs";

const seen = new Set();

await run(async (open, problems) => {
  const page = await enter(open, setting("LINK"));
  const look = () => {
    seen.add(path(page));
    return lookAt(page, problems, path(page));
  };
  const codes = await switchOn(page, look);
  problems.unless(codes.length === 10, "recovery codes", `are ${codes.length}`);
  await page.goto("/settings/account/recovery-codes");
  await look();
  await hand.press(page.getByRole("button", { name: "Sign out" }));
  await signIn(page);
  await look();
  await send(page, "000000");
  await page.locator("[aria-invalid=true]").waitFor();
  await look();
  await send(page, codes[0]);
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  for (const wanted of setting("PAGES").split(" ")) problems.unless(seen.has(wanted), wanted, "was not seen");
});

// Answers the recovery codes.
async function switchOn(page, look) {
  await page.goto("/settings/account/second-factor");
  await hand.write(page.getByLabel("Your password"), PASSWORD);
  await hand.press(page.getByRole("button", { name: "Go on" }));
  const secret = await page.locator("code.secret").textContent();
  await look();
  await hand.write(page.getByLabel("Code", { exact: true }), code(secret));
  await hand.press(page.getByRole("button", { name: "Switch it on" }));
  await page.getByRole("link", { name: "I have kept them" }).waitFor();
  await look();
  return page.locator("main li").allTextContents();
}

async function signIn(page) {
  await page.goto("/settings/sign-in");
  await hand.write(page.getByLabel("Organization"), "demo-philharmonic");
  await hand.write(page.getByLabel("E-mail"), "demo@example.org");
  await hand.write(page.getByLabel("Password"), PASSWORD);
  await hand.press(page.getByRole("button", { name: "Sign in" }));
  await page.getByRole("heading", { level: 1, name: "Second factor" }).waitFor();
}

async function send(page, text) {
  await hand.write(page.getByLabel("Code", { exact: true }), text);
  await hand.press(page.getByRole("button", { name: "Go on" }));
}
