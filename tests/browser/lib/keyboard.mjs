// Walks a page by keyboard alone.
import { lookAtFocus, numberStops } from "./stops.mjs";

// A field of a date is left after so many presses at most: Tab stops at each of its parts.
const PARTS = 8;

// Notes everything that Tab does not reach, or reaches out of turn, or that does not show it has the focus.
export async function walk(page, problems, place) {
  const { stops, from } = await page.evaluate(numberStops);
  if (stops.length === 0) return problems.add(place, "Tab has nowhere to go");
  const visits = await tabThrough(page, stops.length);
  const reached = visits.map(({ number }) => number).filter(Number.isInteger);
  for (const { name, flaw } of visits) problems.unless(!flaw, place, `${name} ${flaw}`);
  for (const [number, name] of stops.entries()) {
    problems.unless(reached.includes(number), place, `Tab does not reach ${name}`);
  }
  const turned = outOfTurn(reached, from + 1, stops.length);
  problems.unless(turned === undefined, place, `Tab reaches ${stops[turned]} out of turn`);
}

// Presses Tab until it comes to where it was before, which it does from the end of the page.
async function tabThrough(page, count) {
  const visits = [];
  while (visits.length <= 2 * count + 1) {
    await page.keyboard.press("Tab");
    const visit = await page.evaluate(lookAtFocus);
    const last = visits.at(-1);
    if (visit.number === last?.number) {
      last.presses += 1;
      if (last.presses < (visit.hasParts ? PARTS : 1)) continue;
      last.flaw = "does not let Tab go on";
      return visits;
    }
    if (visits.some(({ number }) => number === visit.number)) return visits;
    visits.push({ ...visit, presses: 0 });
  }
  return visits;
}

// The first stop that comes before the one it follows. After the page's end comes its beginning.
function outOfTurn(reached, first, count) {
  const turn = (number) => (number - first + count) % count;
  return reached.find((number, index) => index > 0 && turn(number) < turn(reached[index - 1]));
}

// Notes it unless the first stop is a link that takes the keyboard past the navigation.
export async function skip(page, problems, place) {
  const { stops: [first] } = await page.evaluate(numberStops);
  const target = await page.evaluate(() => {
    const [link] = window.stops;
    link?.focus();
    return link?.getAttribute("href");
  });
  if (!target?.startsWith("#")) return problems.add(place, `${first} is no link past the navigation`);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const arrived = await page.evaluate((id) => {
    const main = document.getElementById(id);
    const inside = window.stops.some((stop) => main?.contains(stop));
    return main?.matches("main") && (!inside || main.contains(document.activeElement));
  }, target.slice(1));
  problems.unless(arrived, place, `${first} does not lead the keyboard to what the page is about`);
}
