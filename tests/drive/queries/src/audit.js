// Runs axe on the document as shown, with the rules of WCAG 2.2 A and AA. Installed once per
// document as `window.__driveAudit`.
import axe from "axe-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const run = async () => {
  const { violations, passes } = await axe.run(document, {
    runOnly: { type: "tag", values: TAGS },
    resultTypes: ["violations", "passes"],
  });
  return {
    passed_rules: passes.length,
    violations: violations.map(({ id, help, nodes }) => ({
      rule: id,
      help,
      where: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
    })),
  };
};

window.__driveAudit = { run };
