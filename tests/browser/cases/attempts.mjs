// A delivery that is refused, and sent again when its receiver is well: its page tells both attempts.
import { createServer } from "node:http";
import { once } from "node:events";
import { book } from "../lib/api.mjs";
import { run } from "../lib/browser.mjs";
import { pointer as hand } from "../lib/hands.mjs";
import { lookAt } from "../lib/look.mjs";
import { setting } from "../lib/settings.mjs";
import { enter, to } from "../lib/ways.mjs";

// How often the page is asked whether an attempt has ended: an attempt takes a moment.
const TRIES = 200;

const receiver = createServer((request, response) => {
  request.resume().on("end", () => {
    response.statusCode = receiver.answer;
    response.end(`The ticket shop says ${receiver.answer}`);
  });
});
receiver.answer = 503;

await run(async (open, problems) => {
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  try {
    const page = await enter(open, setting("LINK"));
    await makeEndpoint(page, `http://127.0.0.1:${receiver.address().port}/hook`);
    await book(setting("KEY"));
    await to(page, hand, "Delivery log");
    await reloadUntil(page, page.locator("#log tbody a"));
    await hand.press(page.locator("#log tbody a").first());
    await reloadUntil(page, page.locator(".timeline > li.bad"));
    await lookAt(page, problems, "a delivery that was refused");
    receiver.answer = 204;
    await hand.press(page.getByRole("button", { name: "Send again" }));
    await reloadUntil(page, page.locator(".timeline > li.good"));
    for (const summary of await page.locator("main summary").all()) await hand.press(summary);
    await lookAt(page, problems, "a delivery that arrived, all of it unfolded");
    await page.goto("/settings");
    await lookAt(page, problems, "the overview after it");
  } finally {
    receiver.close();
  }
});

async function makeEndpoint(page, url) {
  await page.goto("/settings/webhooks/new");
  await hand.write(page.getByLabel("URL"), url);
  await hand.tick(page.getByLabel("resource_booking.created", { exact: true }));
  await hand.press(page.getByRole("button", { name: "Make the endpoint" }));
  await page.getByLabel("Signing secret", { exact: true }).waitFor();
}

async function reloadUntil(page, locator) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await locator.count()) > 0) return;
    await page.reload();
  }
  throw new Error(`${locator} does not appear`);
}
