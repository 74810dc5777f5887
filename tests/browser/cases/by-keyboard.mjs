// Every page is walked by keyboard alone, on a wide screen and on a narrow one.
import { run } from "../lib/browser.mjs";
import { skip, walk } from "../lib/keyboard.mjs";
import { looks } from "../lib/settings.mjs";
import { tour } from "../lib/tour.mjs";

await run((open, problems) =>
  tour(open, problems, async (page, place, to) => {
    for (const [look, size] of Object.entries(looks)) {
      await page.setViewportSize(size);
      await page.goto(to);
      await walk(page, problems, `${place}, ${look}`);
    }
    await skip(page, problems, place);
  }),
);
