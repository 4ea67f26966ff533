// Finds elements the way assistive technology does: by role and accessible name, never by class or
// position in the markup. Installed once per document as `window.__driveQueries`.
import { getRoles, isInaccessible, queryAllByRole } from "@testing-library/dom";
import { computeAccessibleName } from "dom-accessibility-api";

// A failure lists what was there instead; more lines than this hide the answer.
const LISTED_LIMIT = 160;

// Roles that nobody looks for: they would crowd out the others.
const UNLISTED_ROLES = new Set([
  ...["cell", "emphasis", "generic", "gridcell", "none", "paragraph", "presentation", "rowgroup"],
  ...["rowheader", "strong", "term", "definition"],
]);

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

const nameMatcher = ({ how, text }) => {
  switch (how) {
    case "exact":
      return (name) => squeeze(name) === text;
    case "starts":
      return (name) => squeeze(name).startsWith(text);
    default:
      throw new Error(`unknown way to match a name: ${how}`);
  }
};

// ARIA gives a password field no role, yet everyone meets it as a named text field.
const passwordFields = (container, step) =>
  step.role === "textbox"
    ? [...container.querySelectorAll("input[type=password]")].filter(
        (field) =>
          !isInaccessible(field) &&
          (!step.name || nameMatcher(step.name)(computeAccessibleName(field))),
      )
    : [];

const matches = (container, step) => [
  ...queryAllByRole(container, step.role, {
    ...(step.name ? { name: nameMatcher(step.name) } : {}),
    ...(step.selected === undefined ? {} : { selected: step.selected }),
    ...(step.checked === undefined ? {} : { checked: step.checked }),
  }),
  ...passwordFields(container, step),
];

// `path` is a list of steps: each is looked for inside what the one before it found.
const find = (path) => {
  let containers = [document.body];
  for (const step of path) {
    const found = containers.flatMap((container) => matches(container, step));
    containers = [...new Set(found)];
  }
  return containers;
};

const present = () => {
  const focused = document.activeElement ?? document.body;
  const lines = [`focus: ${focused.localName} "${squeeze(computeAccessibleName(focused))}"`];
  for (const [role, elements] of Object.entries(getRoles(document.body))) {
    if (UNLISTED_ROLES.has(role)) continue;
    for (const element of elements) {
      lines.push(`${role} "${squeeze(computeAccessibleName(element))}"`);
    }
  }
  for (const field of passwordFields(document.body, { role: "textbox" })) {
    lines.push(`textbox (password) "${squeeze(computeAccessibleName(field))}"`);
  }
  const more = lines.length - LISTED_LIMIT;
  return more > 0 ? [...lines.slice(0, LISTED_LIMIT), `… and ${more} more`] : lines;
};

const describe = (element) => ({
  name: squeeze(computeAccessibleName(element)),
  text: squeeze(element.innerText ?? ""),
  value: typeof element.value === "string" ? element.value : null,
  disabled: element.disabled === true || element.getAttribute("aria-disabled") === "true",
  focused: document.activeElement === element,
});

// What a pointer meets: radios and checkboxes are drawn by their label; a table row is drawn by its
// cells, and WebKitWebDriver knows no place of the row itself.
const pointerTarget = (element) => {
  if (element.matches("input[type=radio], input[type=checkbox]")) {
    return element.closest("label") ?? element;
  }
  return element.matches("tr") ? (element.cells[0] ?? element) : element;
};

window.__driveQueries = { find, present, describe, pointerTarget };
