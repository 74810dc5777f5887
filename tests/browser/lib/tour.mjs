// Goes to every page of the console, as each of those who see it differently.
import { setting } from "./settings.mjs";
import { path } from "./watch.mjs";
import { enter } from "./ways.mjs";

// Calls `look(page, place, there)` on every page, where `there` is the path; the visit itself is
// `go(page, path)`, which answers the page's answer.
export async function tour(open, problems, look, go = (page, to) => page.goto(to)) {
  let seen = 0;
  for (const { who, link, pages } of JSON.parse(setting("TOUR"))) {
    const page = link ? await enter(open, link) : await open();
    for (const { path: to, status } of pages) {
      const place = `${to} (${who})`;
      const answer = await go(page, to);
      problems.unless(answer.status() === status, place, `is answered ${answer.status()}, not ${status}`);
      problems.unless(path(page) === to.split("?")[0], place, `leads to ${path(page)}`);
      await look(page, place, to);
      seen += 1;
    }
    await page.context().close();
  }
  console.log(`${seen} pages`);
}
