// The harness itself: what it looks for, it finds, on pages that are wrong on purpose.
import { check } from "../lib/axe.mjs";
import { run } from "../lib/browser.mjs";
import { skip, walk } from "../lib/keyboard.mjs";
import { Problems } from "../lib/problems.mjs";
import { base } from "../lib/settings.mjs";
import { watch } from "../lib/watch.mjs";
import { measure } from "../lib/weight.mjs";

const PAGE = (head, body) => `<!doctype html><html lang="en"><head><title>Scratch</title>
  <link rel="icon" href="data:,"><style>a:focus-visible { outline: 2px solid }</style>${head}</head>
  <body><a href="#main">Skip</a><main id="main" tabindex="-1"><h1>Scratch</h1>${body}</main></body></html>`;

const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

// A page, and what is to be found wrong with it: nothing, where that is null.
const PAGES = [
  ["is right", "", "<a href='/x'>One</a> <a href='/y'>Two</a>", null],
  ["another host", "", "<img src='http://192.0.2.1/x.png' alt='A dot'>", /asked another host: http:\/\/192\.0\.2\.1/],
  ["an error", "", "<script>console.error('spilled')</script>", /said: spilled/],
  ["an exception", "", "<script>throw new Error('dropped')</script>", /dropped/],
  ["no such asset", "", "<img src='/settings/no-such-thing.png' alt='A dot'>", /Failed to load resource/],
  ["inline script", POLICY, "<script>window.x = 1</script>", /broke its policy: script-src-elem inline/],
  ["faint text", "", "<p style='color: #ccc; background: #fff'>Faint</p>", /color-contrast/],
  ["no label", "", "<input>", /label/],
  ["no focus ring", "", "<a href='/x' style='outline: none'>One</a>", /“One” does not show/],
  ["out of sight", "", "<a href='/x' style='position: fixed; left: -900px'>One</a>", /“One” has the focus out of sight/],
  ["behind", "", "<a href='/x'>One</a><p style='position: fixed; inset: 0; background: #fff'>Over</p>", /“One” has the focus behind .*Over/],
  ["a trap", "", "<a href='/x' onkeydown='event.preventDefault()'>One</a><a href='/y'>Two</a>", /“One” does not let Tab go on/],
  ["out of turn", "", "<a href='/x'>One</a> <a href='/y' tabindex='1'>Two</a>", /“Skip” out of turn|“One” out of turn|“Two” out of turn/],
  ["no skip link", "<script>addEventListener('load', () => document.querySelector('a').remove())</script>", "<a href='/x'>One</a>", /“One” is no link past/],
  ["too wide", "", "<p style='width: 2000px'>Wide</p>", /is 20\d\d px wide/],
  ["too heavy", "", `<p hidden>${"x".repeat(160_000)}</p>`, /weighs 1\d\d,\d\d\d bytes/],
];

async function findings(page, html) {
  const found = new Problems();
  await watch(page.context(), found);
  await page.route(`${base}/scratch`, (route) => route.fulfill({ contentType: "text/html", body: html }));
  await measure(page, found, "/scratch");
  await check(page, found, "page");
  await walk(page, found, "page");
  await skip(page, found, "page");
  return found.list();
}

await run(async (open, problems) => {
  for (const [name, head, body, expected] of PAGES) {
    const page = await open({ unwatched: true });
    const found = await findings(page, PAGE(head, body));
    const right = expected ? found.some((line) => expected.test(line)) : found.length === 0;
    problems.unless(right, name, `found ${JSON.stringify(found)}`);
    await page.context().close();
  }
});
