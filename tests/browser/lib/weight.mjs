// How wide a page is, and how much of it goes over the wire.
import { looks } from "./settings.mjs";

// What a page may weigh in all, in bytes.
const MOST = 150_000;

// Goes to a page with nothing in the cache, on a narrow screen, and notes it if it is too wide or too heavy.
// Answers the page's own answer.
export async function measure(page, problems, path) {
  await page.setViewportSize(looks.narrow);
  const bodies = [];
  const take = (response) => bodies.push(response.body().catch(() => Buffer.alloc(0)));
  page.on("response", take);
  const answer = await page.goto(path);
  page.off("response", take);
  const weights = (await Promise.all(bodies)).map((body) => body.length);
  const weight = weights.reduce((sum, length) => sum + length, 0);
  problems.unless(weight > 0, path, "weighs nothing");
  problems.unless(weight <= MOST, path, `weighs ${weight.toLocaleString("en")} bytes`);
  await fits(page, problems, path);
  return answer;
}

// Notes it if the page has to be moved from side to side on a narrow screen, which it is on.
export async function fits(page, problems, place) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  problems.unless(width <= looks.narrow.width, place, `is ${width} px wide on a screen of ${looks.narrow.width}`);
}
