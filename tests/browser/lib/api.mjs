// Calls of the API, as a program makes them.
import { setTimeout as pause } from "node:timers/promises";
import { base } from "./settings.mjs";

const ADDRESS = `${base}/api/org/v1/demo-philharmonic`;

const bearer = (key) => ({ authorization: `Bearer ${key}` });

// Asks for a production with a key.
export const call = (key) => fetch(`${ADDRESS}/productions?limit=1`, { headers: bearer(key) });

// Calls until the status is the one that is expected, for so many milliseconds; answers the last.
export async function statusBy(key, expected, patience) {
  const deadline = Date.now() + patience;
  for (;;) {
    const { status } = await call(key);
    if (status === expected || Date.now() > deadline) return status;
    await pause(50);
  }
}

// Books the first hall for an hour of a day on which nothing else is.
export async function book(key) {
  const halls = await (await fetch(`${ADDRESS}/resources?limit=1`, { headers: bearer(key) })).json();
  const booking = {
    resourceId: halls.data.items[0].id,
    title: "Sectional: violas",
    startAt: "2031-03-02T10:00:00Z",
    endAt: "2031-03-02T11:00:00Z",
  };
  const headers = { ...bearer(key), "content-type": "application/json" };
  const made = await fetch(`${ADDRESS}/resource-bookings`, { method: "POST", headers, body: JSON.stringify(booking) });
  if (made.status !== 201) throw new Error(`the booking is answered ${made.status}: ${await made.text()}`);
}
