// What is a little better with a script. Nothing here is needed: every page works without it.
"use strict";

// Copying what is shown once. The buttons are hidden until there is something that they can do.
function offerCopies(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.textContent = "Copied";
  } catch {
    source.select?.();
    button.textContent = "Not copied: copy what is selected";
  }
  say(button.textContent);
});

// Tells whoever does not see the page what has changed in it.
function say(text) {
  document.getElementById("said").textContent = text;
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches("input.secret")) event.target.select();
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
});

// A page that the browser kept may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What brings itself up to date can be kept from it, for as long as the page is open.
function offerPauses(root) {
  for (const button of root.querySelectorAll("button[data-pause]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-pause]");
  if (button) button.ariaPressed = button.ariaPressed === "true" ? "false" : "true";
});

// It waits while nobody looks, too, and while somebody reads or works in it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.target;
  if (!part.matches("[data-refresh]")) return;
  const inUse = part.contains(document.activeElement) || part.querySelector("details[open]");
  const paused = document.querySelector("button[data-pause][aria-pressed='true']");
  if (document.hidden || inUse || paused) event.preventDefault();
});

// It keeps what it has when it gets no page; and whoever has to sign in again is sent there.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (new URL(xhr.responseURL, location).pathname === "/settings/sign-in") {
    event.detail.shouldSwap = false;
    location.assign(xhr.responseURL);
  } else if (target.matches("[data-refresh]") && xhr.status !== 200) {
    event.detail.shouldSwap = false;
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const part = event.target;
  offerCopies(part);
  // What brings itself up to date would be told of again and again.
  if (!part.matches("[data-refresh]")) {
    const told = part.querySelector(".notice, caption, .empty");
    say(told ? told.textContent.trim() : "The page has changed.");
  }
});
document.addEventListener("htmx:afterRequest", (event) => delete event.target.dataset?.sent);
offerCopies(document);
offerPauses(document);

// What was done is said once, and not again when the page is loaded anew.
const here = new URL(location);
if (here.searchParams.has("done")) {
  here.searchParams.delete("done");
  history.replaceState(history.state, "", here);
}
