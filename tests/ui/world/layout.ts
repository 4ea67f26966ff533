/** What a person would see at once: controls on top of each other, and controls that are cut. */
import type { Page } from "@playwright/test";

/** Faults of the layout as it is now, as texts; none if everything is whole and apart. */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CONTROLS = [
      "button",
      "a[href]",
      "textarea",
      "select",
      "input:not([type=radio], [type=checkbox])",
      "label:has(input)",
      "[role=option]",
      "[role=menuitem]",
      "[role=tab]",
      "[role=spinbutton]",
      "[role=timer]",
      "h1",
      "h2",
    ].join(", ");
    /** Text that belongs to a control or says what it is: whole, or the control is not known. */
    const TEXTS = [
      "button",
      "dt",
      "[data-whole]",
      "[role=tab]",
      "[role=timer]",
      "[aria-label='Queue list'] h1 + *",
    ].join(", ");
    const DIALOG = "[role=dialog], [role=alertdialog]";
    /** A message that lies over the work while it is read. */
    const OVER_WORK = "[data-over-work]";
    /** An element that may be wider than the window, and is then scrolled sideways. */
    const WIDE = ":has(> [role=grid])";
    /** A pane that is shorter than this cannot be worked in. */
    const PANE_PX_MIN = 72;
    /** Rounding, and letters that reach over their box. */
    const SLACK_PX = 1.5;

    type Box = { left: number; top: number; right: number; bottom: number };
    const faults: string[] = [];
    const nameOf = (element: Element) => {
      const text = element.getAttribute("aria-label") ?? element.textContent ?? "";
      const kind =
        element.className && typeof element.className === "string"
          ? `.${element.className.trim().split(/\s+/).join(".")}`
          : element.tagName.toLowerCase();
      return `${kind} "${text.trim().slice(0, 40)}"`;
    };
    /** For screen readers only, as the library and we write it. */
    const isUnseen = (element: Element | null): boolean =>
      element !== null &&
      (getComputedStyle(element).clipPath === "inset(50%)" || isUnseen(element.parentElement));
    const isDrawn = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.getClientRects().length > 0 &&
      !isUnseen(element);
    const dialog = document.querySelector(DIALOG);
    const isReachable = (element: Element) =>
      dialog === null || element.closest(DIALOG) !== null || element.contains(dialog);
    const scrolls = (value: string) => value === "auto" || value === "scroll";

    /** The part of an element that is in sight, and what cuts it for good. */
    const visiblePart = (element: Element): { box: Box; cut: string | null } => {
      const first = element.getBoundingClientRect();
      const box: Box = {
        left: first.left,
        top: first.top,
        right: first.right,
        bottom: first.bottom,
      };
      let cut: string | null = null;
      let isFixed = getComputedStyle(element).position === "fixed";
      for (let up = element.parentElement; up && !isFixed; up = up.parentElement) {
        const style = getComputedStyle(up);
        const isRoot = up === document.body || up === document.documentElement;
        if (style.display === "contents") continue;
        const rect = up.getBoundingClientRect();
        // The body's overflow is that of the window.
        const edge = isRoot ? { left: 0, top: 0, right: innerWidth, bottom: innerHeight } : rect;
        for (const [axis, low, high] of [
          ["overflowX", "left", "right"],
          ["overflowY", "top", "bottom"],
        ] as const) {
          const how = isRoot ? getComputedStyle(document.body)[axis] : style[axis];
          if (how === "visible") continue;
          if (isRoot && up !== document.body) continue;
          const isOver = box[low] < edge[low] - SLACK_PX || box[high] > edge[high] + SLACK_PX;
          if (!isOver) continue;
          const isEmpty = box[low] >= box[high];
          if (!scrolls(how) && !isEmpty) cut ??= `cut by ${isRoot ? "the window" : nameOf(up)}`;
          if (axis === "overflowX" && scrolls(how) && !up.matches(WIDE)) {
            cut ??= `to be scrolled sideways in ${isRoot ? "the window" : nameOf(up)}`;
          }
          box[low] = Math.max(box[low], edge[low]);
          box[high] = Math.min(box[high], edge[high]);
        }
        if (style.position === "fixed") isFixed = true;
      }
      return { box, cut };
    };

    const seen = [...document.querySelectorAll(CONTROLS)]
      .filter((element) => isDrawn(element) && isReachable(element))
      .map((element) => ({ element, ...visiblePart(element) }));
    for (const { element, cut } of seen) if (cut) faults.push(`${nameOf(element)} is ${cut}`);
    for (const [index, one] of seen.entries()) {
      for (const other of seen.slice(index + 1)) {
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
        if (one.element.closest(OVER_WORK) !== other.element.closest(OVER_WORK)) continue;
        const wide =
          Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high =
          Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (wide > SLACK_PX && high > SLACK_PX) {
          faults.push(`${nameOf(one.element)} overlaps ${nameOf(other.element)}`);
        }
      }
    }
    for (const element of document.querySelectorAll<HTMLElement>(TEXTS)) {
      if (!isDrawn(element) || !isReachable(element)) continue;
      const style = getComputedStyle(element);
      const hides = style.overflowX !== "visible" || style.textOverflow === "ellipsis";
      if (hides && element.scrollWidth > element.clientWidth + SLACK_PX) {
        faults.push(`the text of ${nameOf(element)} is cut`);
      }
      const range = document.createRange();
      range.selectNodeContents(element);
      const text = range.getBoundingClientRect();
      const control =
        element.closest("button, label:has(input[type=radio]), [role=tab]") ?? element;
      const around = control.getBoundingClientRect();
      if (
        text.width > 0 &&
        (text.right > around.right + SLACK_PX || text.bottom > around.bottom + SLACK_PX + 4)
      ) {
        faults.push(`the text of ${nameOf(element)} stands out of ${nameOf(control)}`);
      }
    }
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      if (!isDrawn(element) || !isReachable(element)) continue;
      const style = getComputedStyle(element);
      if (!scrolls(style.overflowY) || element.matches("textarea, input")) continue;
      const isShort = element.clientHeight < Math.min(element.scrollHeight - SLACK_PX, PANE_PX_MIN);
      if (isShort)
        faults.push(`${nameOf(element)} shows ${element.clientHeight} px of its content`);
    }
    if (document.documentElement.scrollWidth > innerWidth + 1) {
      faults.push(`the window is ${document.documentElement.scrollWidth} px wide inside`);
    }
    return [...new Set(faults)];
  });
}
