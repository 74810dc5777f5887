// The pinned libraries, which are installed outside of this folder: see scripts/lib/browser.sh.
import { createRequire } from "node:module";
import { join } from "node:path";
import { setting } from "./settings.mjs";

const require = createRequire(join(setting("LIBRARIES"), "package.json"));

export const { chromium } = require("playwright-core");
export const { AxeBuilder } = require("@axe-core/playwright");
