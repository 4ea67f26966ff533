/** Texts of a screen in the pseudo-language that are in no catalogue and no answer of the core. */
import type { Page } from "@playwright/test";

/** Texts that are in no catalogue of ours on purpose. */
const KNOWN = [
  "Handset",
  // Days and months as the browser writes them.
  ...["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  ...["January", "February", "March", "April", "May", "June", "July", "August", "September"],
  ...["October", "November", "December", "Sept"],
  ...["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  // React Aria's own, of which it has translations.
  ...["Dismiss", "Selected Date", "Selected Time", "AM/PM"],
  ...["day", "month", "year", "hour", "minute"],
];

const ATTRIBUTES = [
  "aria-label",
  "aria-description",
  "aria-valuetext",
  "title",
  "placeholder",
  "alt",
];

/** Every text of the page that can be seen or is spoken by a screen reader. */
async function texts(page: Page): Promise<string[]> {
  return page.evaluate((attributes) => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest("script, style, code, textarea")) continue;
      found.push(node.textContent ?? "");
    }
    for (const element of document.querySelectorAll("*")) {
      for (const name of attributes) {
        const value = element.getAttribute(name);
        if (value) found.push(value);
      }
    }
    return found;
  }, ATTRIBUTES);
}

/** The texts that hold letters outside of the marks of the catalogue and outside of `data`. */
export async function unmarkedTexts(page: Page, data: ReadonlySet<string>): Promise<string[]> {
  const known = [...data, ...KNOWN]
    .filter((text) => /\p{L}/u.test(text))
    .sort((one, other) => other.length - one.length);
  const unmarked = new Set<string>();
  for (const text of await texts(page)) {
    let rest = text.replace(/⟦[^⟧]*⟧/gu, "\n");
    for (const one of known) rest = rest.replaceAll(one, "\n");
    if (/\p{L}{2}/u.test(rest)) unmarked.add(text.trim());
  }
  return [...unmarked];
}
