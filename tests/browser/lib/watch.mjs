// Watches a context for what no page may do: ask another host, say an error to the console, or
// break its own Content-Security-Policy.
import { base } from "./settings.mjs";

// Aborts and notes every request to another host, and notes what pages complain of.
export async function watch(context, problems) {
  await context.route((url) => url.origin !== base, (route) => {
    problems.add("network", `a page asked another host: ${route.request().url()}`);
    return route.abort();
  });
  await context.exposeBinding("reportViolation", ({ page }, directive, blocked) => {
    problems.add(path(page), `broke its policy: ${directive} ${blocked}`);
  });
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      window.reportViolation(event.violatedDirective, event.blockedURI);
    });
  });
  context.on("console", (message) => {
    const page = message.page();
    if (["error", "warning"].includes(message.type()) && !isAnswer(message)) {
      problems.add(page ? path(page) : "console", `said: ${message.text()}`);
    }
  });
  context.on("weberror", (error) => problems.add("script", String(error.error())));
}

// Chromium reports the status of a page that was asked for, which the cases look at themselves.
function isAnswer(message) {
  const page = message.page();
  return message.text().startsWith("Failed to load resource") && message.location().url === page?.url();
}

// The path of the page that is shown.
export const path = (page) => new URL(page.url()).pathname;
