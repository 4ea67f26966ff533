/** The texts of the windows, as a window in a language shows them. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Catalogue, catalogueOf } from "../../../ui/src/text/catalogue.ts";

const LOCALES = resolve(import.meta.dirname, "../../../locales");

const sources = Object.fromEntries(
  readdirSync(LOCALES).map((language) => {
    const folder = join(LOCALES, language);
    return [language, readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"))];
  }),
);

export function catalogueIn(language: string, zone: string): Catalogue {
  return catalogueOf(sources, [language], { zone });
}
