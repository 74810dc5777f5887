// Every page, and every form that was sent empty, is accessible: light and dark, wide and narrow.
import { check } from "../lib/axe.mjs";
import { run } from "../lib/browser.mjs";
import { sendEmpty } from "../lib/forms.mjs";
import { looks } from "../lib/settings.mjs";
import { tour } from "../lib/tour.mjs";

// The pages at which a form was refused, of which there are more than a few.
let refused = 0;

await run(async (open, problems) => {
  await tour(open, problems, async (page, place, to) => {
    await inEveryLook(page, problems, place);
    for await (const form of sendEmpty(page, problems, place, to)) {
      await inEveryLook(page, problems, `${place}, ${form} sent empty`);
      refused += 1;
    }
  });
  problems.unless(refused >= 8, "forms", `${refused} were refused`);
});

async function inEveryLook(page, problems, place) {
  const grounds = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const [look, size] of Object.entries(looks)) {
      await page.setViewportSize(size);
      await check(page, problems, `${place}, ${colorScheme} and ${look}`);
    }
    grounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  }
  problems.unless(grounds[0] !== grounds[1], place, "is as light in the dark");
}
