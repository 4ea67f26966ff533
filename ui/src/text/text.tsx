/** The one catalogue of a window, and how its texts are drawn. */
import { Fragment, type ReactNode } from "react";
import type { Messages } from "../generated/messages";
import { type Catalogue, catalogueOf, type Given, type Sources } from "./catalogue";
import { pseudo } from "./pseudo";
import type { Value } from "./wire";

declare global {
  /** The languages that the person wants, the best first, as the shell has read them. */
  var handsetLanguages: readonly string[] | undefined;
}

const FILES: Record<string, string> = import.meta.glob("../../../locales/*/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The sources of `locales`, by language. */
export const sources: Sources = Object.entries(FILES).reduce<Record<string, string[]>>(
  (byLanguage, [path, source]) => {
    const language = path.split("/").at(-2) ?? "";
    byLanguage[language] = [...(byLanguage[language] ?? []), source];
    return byLanguage;
  },
  {},
);

function ofThisWindow(): Catalogue {
  const isPseudo =
    import.meta.env.MODE === "loopback" && new URLSearchParams(location.search).has("pseudo");
  const wanted = globalThis.handsetLanguages ?? navigator.languages;
  return catalogueOf(sources, wanted, isPseudo ? { transform: pseudo } : {});
}

/** In the language of the system, which stays the same as long as a window is open. */
export const catalogue = ofThisWindow();

/** A message of the catalogue. */
export function message<Id extends keyof Messages>(id: Id, ...given: Given<Id>): string {
  return catalogue.message(id, ...given);
}

/** Stands for an element within a message while it is worded. */
const FIRST_PLACE = 0xe000;
const PLACES = /([\ue000-\ue0ff])/;
/** What somebody wrote must not stand for an element. */
const ALL_PLACES = /[\ue000-\ue0ff]/g;

/** A message with elements in it: keys, a name that ticks, a link. */
export function Message<Id extends keyof Messages>({
  id,
  values,
}: {
  id: Id;
  values: { readonly [Name in Messages[Id]]: Value | { element: ReactNode } };
}) {
  const elements: ReactNode[] = [];
  const plain: Record<string, Value> = {};
  for (const [name, value] of Object.entries<Value | { element: ReactNode }>(values)) {
    if (typeof value === "object" && "element" in value) {
      plain[name] = String.fromCharCode(FIRST_PLACE + elements.length);
      elements.push(value.element);
    } else {
      plain[name] = typeof value === "string" ? value.replace(ALL_PLACES, "") : value;
    }
  }
  const parts = catalogue.word({ id, values: plain }).split(PLACES);
  return parts.map((part, index) => {
    const place = PLACES.test(part) ? part.charCodeAt(0) - FIRST_PLACE : undefined;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place in the sentence
      <Fragment key={index}>{place === undefined ? part : elements[place]}</Fragment>
    );
  });
}
