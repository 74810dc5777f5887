// Holds a page that is shown on no address of its own to what every page is held to.
import { check } from "./axe.mjs";
import { skip, walk } from "./keyboard.mjs";
import { looks } from "./settings.mjs";
import { fits } from "./weight.mjs";

// Leaves the page as it was, but for where the focus is.
export async function lookAt(page, problems, place) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await check(page, problems, `${place}, ${colorScheme}`);
  }
  await page.setViewportSize(looks.narrow);
  await fits(page, problems, place);
  await check(page, problems, `${place}, narrow`);
  await walk(page, problems, place);
  await skip(page, problems, place);
  await page.setViewportSize(looks.wide);
}
