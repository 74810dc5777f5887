// Starts the browser, and opens contexts in it that are watched.
import { chromium } from "./libraries.mjs";
import { Problems } from "./problems.mjs";
import { base, looks } from "./settings.mjs";
import { watch } from "./watch.mjs";

// How long anything may take that is expected to happen, on a machine that is busy.
const PATIENCE = 20_000;

// How long a whole case may take, on a machine that builds something else beside it.
const LONGEST = 600_000;

// Runs one case: `act(open, problems)`, where `open(options)` answers a new page in a context of its own.
//
// Options are Playwright's, on top of: a wide screen, light, reduced motion, British English, UTC.
export async function run(act) {
  setTimeout(() => {
    console.error(`the case was not done in ${LONGEST / 1000} s`);
    process.exit(1);
  }, LONGEST).unref();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    // Chromium refuses its sandbox to root.
    chromiumSandbox: process.getuid() !== 0,
    args: ["--disable-dev-shm-usage", "--font-render-hinting=none"],
  });
  const problems = new Problems();
  try {
    await act((options) => open(browser, problems, options), problems);
  } catch (why) {
    // What was found before it may be why.
    problems.add("the case ended early", why.stack);
  } finally {
    await browser.close();
  }
  problems.settle();
}

async function open(browser, problems, { unwatched = false, ...options } = {}) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: looks.wide,
    colorScheme: "light",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  if (!unwatched) await watch(context, problems);
  return context.newPage();
}
