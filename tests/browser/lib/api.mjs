// Calls of the API, as a program makes them.
import { setTimeout as pause } from "node:timers/promises";
import { base } from "./settings.mjs";

const ADDRESS = `${base}/api/org/v1/demo-philharmonic/productions?limit=1`;

// Asks for a production with a key.
export const call = (key) => fetch(ADDRESS, { headers: { authorization: `Bearer ${key}` } });

// Calls until the status is the one that is expected, for so many milliseconds; answers the last.
export async function statusBy(key, expected, patience) {
  const deadline = Date.now() + patience;
  for (;;) {
    const { status } = await call(key);
    if (status === expected || Date.now() > deadline) return status;
    await pause(50);
  }
}
