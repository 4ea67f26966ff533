/**
 * Each component's styles stand in a CSS module beside it. Nothing else notices a class that is
 * written in one place and missing in the other: the browser draws on without it.
 *
 * `modules.d.ts` says which classes each module has, so that TypeScript refuses any other; after a
 * change of a module, `npx vitest run -u` writes it anew.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

/** The files of the windows by their paths, such as "components/Button.tsx", with their text. */
function files(wanted: (path: string) => boolean): Record<string, string> {
  const paths = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter(wanted)
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(ROOT, path), "utf8")]));
}

const modules = files((path) => path.endsWith(".module.css"));
const globals = files((path) => path.endsWith(".css") && !path.endsWith(".module.css"));
const sources = files((path) => /\.tsx?$/.test(path) && !/^generated|\.(test|d)\.ts$/.test(path));

/** The classes that others define: the library of icons. */
const FOREIGN = ["lucide"];

function selectorsOf(css: string): string[] {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/"[^"]*"/g, '""');
  return [...bare.matchAll(/([^{};]+)\{/g)]
    .map(([, prelude = ""]) => prelude.trim())
    .filter((prelude) => !prelude.startsWith("@"));
}

/** The classes that the selectors of a style sheet name. */
function classesOf(css: string): string[] {
  const names = selectorsOf(css).flatMap((selector) =>
    [...selector.matchAll(/\.([\w-]+)/g)].flatMap(([, name]) => (name ? [name] : [])),
  );
  return [...new Set(names)].sort();
}

/** The module that an import of a file leads to. */
function resolved(file: string, from: string): string {
  return posix.join(posix.dirname(file), from);
}

interface Import {
  from: string;
  /** What the whole module is called in the file; none where only parts of it are taken. */
  name: string | null;
}

function importsOf(source: string): Import[] {
  return [...source.matchAll(/^import (?:(\w+)|[^"]*?) from "([^"]+)";$/gm)].map(
    ([, name, from = ""]) => ({ from, name: name ?? null }),
  );
}

/** The classes that are used of each module, by the module's path. */
function usedClasses(): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const [file, source] of Object.entries(sources)) {
    for (const { from, name } of importsOf(source)) {
      if (!from.endsWith(".module.css") || name === null) continue;
      const path = resolved(file, from);
      const names = used.get(path) ?? new Set();
      for (const [, key] of source.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, "g"))) {
        if (key) names.add(key);
      }
      used.set(path, names);
    }
  }
  return used;
}

test("a module's classes are those that are used, no more and no fewer", () => {
  const used = usedClasses();
  const wrong = Object.entries(modules).flatMap(([file, css]) => {
    const defined = classesOf(css);
    const names = used.get(file) ?? new Set();
    return [
      ...defined.filter((name) => !names.has(name)).map((name) => `${file}: .${name} is not used`),
      ...[...names]
        .filter((name) => !defined.includes(name))
        .map((name) => `${file}: .${name} is used and not defined`),
    ];
  });
  expect(wrong).toEqual([]);
});

test("a class has a short name, which is written where it is used", () => {
  const badNames = Object.entries(modules).flatMap(([file, css]) =>
    classesOf(css)
      .filter((name) => !/^[a-z][a-zA-Z0-9]*$/.test(name))
      .map((name) => `${file}: .${name}`),
  );
  // Neither this test nor a person would find a name that is put together at run time.
  const computed = Object.entries(sources).flatMap(([file, source]) =>
    importsOf(source)
      .filter(({ from, name }) => from.endsWith(".module.css") && source.includes(`${name}[`))
      .map(({ name }) => `${file}: ${name}[…]`),
  );
  expect([...badNames, ...computed]).toEqual([]);
});

test("an id in a module is marked as global, else it would be renamed as a class is", () => {
  const wrong = Object.entries(modules).flatMap(([file, css]) =>
    selectorsOf(css)
      .filter((selector) => selector.replace(/:global\([^)]*\)/g, "").includes("#"))
      .map((selector) => `${file}: ${selector}`),
  );
  expect(wrong).toEqual([]);
});

test("outside of modules no style sheet names a class, and no component wears one", () => {
  const named = Object.entries(globals).flatMap(([file, css]) =>
    classesOf(css)
      .filter((name) => !FOREIGN.includes(name))
      .map((name) => `${file}: .${name}`),
  );
  const worn = Object.entries(sources).flatMap(([file, source]) =>
    [...source.matchAll(/className=(?:"[^"]*"|\{[^}]*\})/g)]
      // A text that something is compared with is no class.
      .filter(([text]) => /(?<!== )["'`][\w-]/.test(text))
      .map(([text]) => `${file}: ${text}`),
  );
  expect([...named, ...worn]).toEqual([]);
});

test("the styles of a component come after those of a component that it draws, and so hold", () => {
  const wrong = Object.entries(sources).flatMap(([file, source]) => {
    const own = importsOf(source).map(({ from }) => from.endsWith(".module.css"));
    const first = own.indexOf(true);
    return first >= 0 && own.slice(first).includes(false) ? [file] : [];
  });
  expect(wrong).toEqual([]);
});

test("no two modules have the same name, by which their types are found", () => {
  const names = Object.keys(modules).map((file) => file.replace(/.*\//, ""));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("the types say what the modules define", async () => {
  const types = Object.entries(modules)
    .map(([file, css]) => ({ name: file.replace(/.*\//, ""), classes: classesOf(css) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, classes }) =>
      [
        `declare module "*/${name}" {`,
        "  const styles: {",
        ...classes.map((one) => `    readonly ${one}: string;`),
        "  };",
        "  export default styles;",
        "}",
      ].join("\n"),
    );
  const head = "// Written by modules.test.ts from the CSS modules: `npx vitest run -u`.\n";
  await expect(`${head}\n${types.join("\n\n")}\n`).toMatchFileSnapshot("./modules.d.ts");
});
