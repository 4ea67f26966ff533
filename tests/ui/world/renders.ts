/**
 * How much React draws again, counted in the built page: through the hook that React offers to its
 * developer tools, which has to stand in the page before React starts.
 */
import type { Page } from "@playwright/test";

export interface Renders {
  /** Times that React changed the page. */
  commits: number;
  /** Components drawn for the first time. */
  mounted: number;
  /** Components drawn again, whatever came of it. */
  again: number;
}

/** The part of a fiber that is read (`react-reconciler`). */
interface Fiber {
  readonly tag: number;
  readonly flags: number;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly alternate: Fiber | null;
}

declare global {
  interface Window {
    renders: Renders;
  }
}

/** Counts from the next page on that is opened. */
export async function countRenders(page: Page): Promise<void> {
  await page.addInitScript(() => {
    /** Function and class components, `forwardRef`, and both kinds of `memo` (`ReactWorkTags`). */
    const componentTags = new Set([0, 1, 11, 14, 15]);
    /** `PerformedWork`: the component itself ran, and not only something below it. */
    const ran = 1;
    const counts: Renders = { commits: 0, mounted: 0, again: 0 };
    const count = (fiber: Fiber, before: Fiber | null): void => {
      if (componentTags.has(fiber.tag)) {
        if (before === null) counts.mounted += 1;
        else if ((fiber.flags & ran) !== 0) counts.again += 1;
      }
      // Children that are the same objects as before were not visited.
      if (before !== null && fiber.child === before.child) return;
      for (let child = fiber.child; child !== null; child = child.sibling) {
        count(child, before === null ? null : child.alternate);
      }
    };
    window.renders = counts;
    Object.defineProperty(window, "__REACT_DEVTOOLS_GLOBAL_HOOK__", {
      value: {
        supportsFiber: true,
        checkDCE: () => {},
        inject: () => 1,
        onCommitFiberUnmount: () => {},
        onPostCommitFiberRoot: () => {},
        onCommitFiberRoot: (_renderer: number, root: { readonly current: Fiber }) => {
          counts.commits += 1;
          count(root.current, root.current.alternate);
        },
      },
    });
  });
}

/** What was drawn since the last call, or since the page was opened. */
export async function takeRenders(page: Page): Promise<Renders> {
  return page.evaluate(() => {
    const taken = { ...window.renders };
    Object.assign(window.renders, { commits: 0, mounted: 0, again: 0 });
    return taken;
  });
}
