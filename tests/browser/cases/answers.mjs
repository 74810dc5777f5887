// What forms are answered with that has no address of its own: secrets that are shown once, and what
// a form gets that is sent twice, too late, or from elsewhere.
import { run } from "../lib/browser.mjs";
import { pointer as hand } from "../lib/hands.mjs";
import { lookAt } from "../lib/look.mjs";
import { setting } from "../lib/settings.mjs";
import { enter } from "../lib/ways.mjs";

const { key, endpoint, person } = JSON.parse(setting("OBJECTS"));

// The page of a form, what is typed into it, its button, and the heading of a second attempt if there is one.
const FORMS = [
  ["/settings/keys/new", { Name: "Made twice", "org:read:operations": true }, "Make the key", true],
  [`/settings/keys/${key}/rotate`, {}, "Rotate the key", true],
  ["/settings/webhooks/new", { URL: "https://example.com/twice", "production.updated": true }, "Make the endpoint", true],
  [`/settings/webhooks/${endpoint}/rotate`, {}, /^Rotate/, false],
  ["/settings/people/invite", { Name: "Twice", "E-mail": "twice@example.org" }, "Invite", true],
  [`/settings/people/${person}/link`, {}, "Make the link", false],
];

await run(async (open, problems) => {
  const page = await enter(open, setting("LINK"));
  const expect = async (place, wanted, status) => {
    problems.unless(status === wanted, place, `is answered ${status}, not ${wanted}`);
    await lookAt(page, problems, place);
  };
  for (const [path, typed, button, once] of FORMS) {
    const id = await fill(page, path, typed);
    await expect(`what ${path} makes`, 200, await send(page, button));
    problems.unless(await page.locator("input.secret[readonly]").inputValue(), path, "shows no secret");
    if (!once || (await gone(page, path))) continue;
    await fill(page, path, typed, { id });
    await expect(`${path} sent twice`, 409, await send(page, button));
  }
  await fill(page, "/settings/organization/edit", {}, { version: "2001-01-01T00:00:00.000Z" });
  await expect("a profile that changed meanwhile", 409, await send(page, "Save"));
  await fill(page, "/settings/organization/edit", {}, { token: "of another form" });
  await expect("a form that is out of date", 403, await send(page, "Save"));
});

// Whether there is no form any more: a key is rotated once.
async function gone(page, path) {
  await page.goto(path);
  return (await page.locator("main form").count()) === 0;
}

// Goes to a form, fills it in, and puts what is given into its hidden fields; answers the id that it would give.
async function fill(page, path, typed, hidden = {}) {
  await page.goto(path);
  for (const [label, text] of Object.entries(typed)) {
    const field = page.getByLabel(label, { exact: true });
    await (text === true ? hand.tick(field) : hand.write(field, text));
  }
  const id = page.locator("main form input[name=id]");
  const own = (await id.count()) > 0 ? await id.inputValue() : null;
  for (const [name, value] of Object.entries(hidden)) {
    await page.locator(`main form input[name=${name}]`).evaluate((field, value) => (field.value = value), value);
  }
  return own;
}

// Presses the button, and answers the status of what comes back.
async function send(page, button) {
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await hand.press(page.locator("main").getByRole("button", { name: button }));
  const status = (await answer).status();
  await page.waitForLoadState();
  return status;
}
