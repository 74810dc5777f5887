// Has a module verify every message of a folder, and prints two verdicts a line: by the Standard
// Webhooks headers, and by X-Kalinklo-Signature.
//
// What a module refuses it must refuse by its own error: any other ends the run.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [path, folder] = process.argv.slice(2);
const module = await import(pathToFileURL(path));

// As node:http gives them: names in lower case, and the values of a repeated one together.
function headersOf(text) {
  const headers = {};
  for (const line of text.split("\r\n").filter(Boolean)) {
    const colon = line.indexOf(":");
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

async function verdict(verify, message) {
  try {
    await verify(...message);
    return true;
  } catch (error) {
    if (error instanceof module.Unverified) return false;
    throw error;
  }
}

for (const name of readdirSync(folder).sort()) {
  const read = (file, encoding) => readFileSync(join(folder, name, file), encoding);
  const secrets = read("secrets", "utf8").split(" ");
  const message = [headersOf(read("headers", "latin1")), read("body"), secrets];
  console.log(await verdict(module.verify, message), await verdict(module.verifyBody, message));
}
