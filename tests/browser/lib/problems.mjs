// What a case finds wrong: all of it is found before the case fails, so that it is mended at once.

export class Problems {
  #found = [];

  // Notes one problem of one place, such as a page.
  add(place, what) {
    this.#found.push(`${place}: ${what}`);
  }

  // Notes it unless the condition holds.
  unless(condition, place, what) {
    if (!condition) this.add(place, what);
  }

  // Everything that was found, a line each.
  list() {
    return this.#found;
  }

  // Ends the case: with an error that names every problem, if there is one.
  settle() {
    if (this.#found.length === 0) return;
    const list = this.#found.map((line) => `  - ${line}`).join("\n");
    throw new Error(`${this.#found.length} problem(s):\n${list}`);
  }
}
