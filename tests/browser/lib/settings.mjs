// What the Rust side tells a case, by its environment.

// The setting BROWSER_<name>, without which no case runs.
export function setting(name) {
  const value = process.env[`BROWSER_${name}`];
  if (!value) throw new Error(`BROWSER_${name} is not set: cases are run by \`cargo test --test browser\``);
  return value;
}

// Where the server is, as in `http://127.0.0.1:8080`.
export const base = setting("BASE");

// How a page is to be looked at, unless a case says otherwise.
export const looks = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 360, height: 740 },
};
