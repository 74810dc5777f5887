// Has axe look at a page as it is shown now.
import { AxeBuilder } from "./libraries.mjs";

// The rules of WCAG 2.2, levels A and AA.
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// Notes every node that breaks a rule. No page has frames, so axe needs no page of its own to finish in.
export async function check(page, problems, place) {
  const builder = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).withTags(RULES).setLegacyMode(true);
  const { violations, passes } = await builder.analyze();
  problems.unless(passes.length > 0, place, "axe found nothing to look at");
  for (const { id, help, nodes } of violations) {
    for (const { target, failureSummary } of nodes) {
      const why = failureSummary.split("\n").map((line) => line.trim()).slice(1).join("; ");
      problems.add(place, `${id} (${help}) at ${target.join(" ")}: ${why}`);
    }
  }
}
