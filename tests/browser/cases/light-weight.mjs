// Every page fits a narrow screen, weighs little, and says no error.
import { run } from "../lib/browser.mjs";
import { tour } from "../lib/tour.mjs";
import { measure } from "../lib/weight.mjs";

await run((open, problems) => {
  const go = (page, to) => measure(page, problems, to);
  const look = async (page, place) => {
    problems.unless((await page.locator("h1").count()) === 1, place, "has not one heading of the first rank");
  };
  return tour(open, problems, look, go);
});
