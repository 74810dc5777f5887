// Two ways to use a page: with a pointer, and by keyboard alone.

// Further than any page is long.
const FAR = 200;

export const pointer = {
  press: (target) => target.click(),
  write: (target, text) => target.fill(text),
  tick: (target) => target.check(),
};

export const keyboard = {
  async press(target) {
    await reach(target);
    await target.page().keyboard.press("Enter");
  },
  async write(target, text) {
    await reach(target);
    const keys = target.page().keyboard;
    await keys.press("Control+A");
    await keys.type(text);
  },
  async tick(target) {
    await reach(target);
    if (!(await target.isChecked())) await target.page().keyboard.press("Space");
    if (!(await target.isChecked())) throw new Error(`Space does not tick ${target}`);
  },
};

// Presses Tab until the target has the focus.
async function reach(target) {
  await target.waitFor();
  for (let presses = 0; presses < FAR; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await target.page().keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${target}`);
}
