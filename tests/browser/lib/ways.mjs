// Ways through the console that several cases take.
import { pointer } from "./hands.mjs";

export const PASSWORD = "violas before the interval";

// Uses a one-time link, and chooses a password if there is none; arrives at the overview.
export async function signInByLink(page, hand, link) {
  await page.goto(link);
  await hand.write(page.getByLabel(/password/i), PASSWORD);
  await hand.press(page.getByRole("button", { name: "Sign in" }));
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
}

// Goes to a section by the navigation, and waits until it is there.
export async function to(page, hand, section) {
  const navigation = page.getByRole("navigation", { name: "Settings" });
  await hand.press(navigation.getByRole("link", { name: section }));
  await page.getByRole("heading", { level: 1, name: section }).waitFor();
}

// A page of the context of somebody who has a link.
export async function enter(open, link, options) {
  const page = await open(options);
  await signInByLink(page, pointer, link);
  return page;
}
