// Runs axe on the document as shown, with the rules of WCAG 2.2 A and AA. Installed once per
// document as `window.__driveAudit`.
import axe from "axe-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// Compares all text inside an element with its name as one string. Our list options and phone
// buttons lay several texts out beside each other, and key hints are no part of a name, so this
// rule only finds what is intended.
const UNFIT_RULES = { "label-content-name-mismatch": { enabled: false } };

const run = async () => {
  // Colors in the middle of an animation are not judged.
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  const { violations, passes } = await axe.run(document, {
    runOnly: { type: "tag", values: TAGS },
    rules: UNFIT_RULES,
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
