import { resetLocalTimeZone, setLocalTimeZone } from "@internationalized/date";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Messages } from "../generated/messages";
import { catalogueOf } from "./catalogue";
import { pseudo } from "./pseudo";
import { sources } from "./text";
import type { Text } from "./wire";

const AT = "2026-11-26T14:05:09Z";

beforeEach(() => setLocalTimeZone("UTC"));
afterEach(() => resetLocalTimeZone());

describe("the language", () => {
  it.each([
    [["en-US"], "en-US", "en-US"],
    [["en-GB", "en"], "en-US", "en-GB"],
    [["de-AT"], "de", "de-AT"],
    [["fr-CA", "de-CH", "en"], "de", "de"],
    // Nobody has translated it: English, by the habits of most of the world.
    [["pl-PL"], "en-US", "en-GB"],
    [["ar-EG"], "en-US", "en-GB"],
    [[], "en-US", "en-US"],
    [["not a tag"], "en-US", "en-US"],
  ])("of a system that wants %j is %s, and its region %s", (wanted, language, region) => {
    expect(catalogueOf(sources, wanted)).toMatchObject({ language, region });
  });

  it("falls back to the base for a message that it lacks", () => {
    const both = { "en-US": ["time-today = { $time }"], de: ["other = anders"] };
    const text: Text = { id: "time-today", values: { time: "10:42" } };
    expect(catalogueOf(both, ["de"]).word(text)).toBe("10:42");
  });
});

/** Spaces in times differ between versions of the tables. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("times, dates, numbers and lists", () => {
  it.each([
    ["en-US", "2:05 PM", "2:05:09 PM", "Nov 26", "Nov 26, 2:05 PM", "12,345", "a, b, and c"],
    ["en-GB", "14:05", "14:05:09", "26 Nov", "26 Nov, 14:05", "12,345", "a, b and c"],
    ["de", "14:05", "14:05:09", "26. Nov.", "26. Nov., 14:05", "12.345", "a, b und c"],
    ["pl", "14:05", "14:05:09", "26 Nov", "26 Nov, 14:05", "12,345", "a, b and c"],
    ["ar-EG", "2:05 pm", "2:05:09 pm", "26 Nov", "26 Nov, 2:05 pm", "12,345", "a, b and c"],
  ])("are written in %s as there", (tag, minutes, seconds, day, dayAndMinutes, number, list) => {
    const catalogue = catalogueOf(sources, [tag]);
    const time = (style: Parameters<typeof catalogue.time>[1]) => plain(catalogue.time(AT, style));
    expect(time("minutes")).toBe(minutes);
    expect(time("seconds")).toBe(seconds);
    expect(time("day")).toBe(day);
    expect(time("day_and_minutes")).toBe(dayAndMinutes);
    expect(catalogue.number(12_345)).toBe(number);
    const parts = ["a", "b", "c"].map((verbatim) => ({ verbatim }));
    const listed: Text = { id: "time-today", values: { time: { list: parts } } };
    expect(catalogue.word(listed)).toBe(list);
  });

  it("are the zone's that is named, and UTC's by name where it is not known", () => {
    const catalogue = catalogueOf(sources, ["en-GB"]);
    expect(catalogue.time(AT, "minutes", "Asia/Tokyo")).toBe("23:05");
    expect(catalogue.time(AT, "minutes", "Mars/Olympus")).toBe("14:05 UTC");
  });

  it("are within sentences as they are alone", () => {
    const text: Text = {
      id: "time-tomorrow",
      values: { time: { time: AT, style: "minutes", zone: "America/New_York" } },
    };
    expect(plain(catalogueOf(sources, ["en-US"]).word(text))).toBe("tomorrow 9:05 AM");
    expect(plain(catalogueOf(sources, ["de"]).word(text))).toBe("morgen, 09:05");
  });
});

describe("plurals", () => {
  const counted = (tag: string, ...counts: number[]) => {
    const catalogue = catalogueOf(sources, [tag]);
    return counts.map((logged) => catalogue.word({ id: "today-logged", values: { logged } }));
  };

  it("are those of the language", () => {
    const english = ["0 calls logged today", "1 call logged today", "1,200 calls logged today"];
    expect(counted("en-US", 0, 1, 1_200)).toEqual(english);
    expect(counted("en-GB", 0, 1, 1_200)).toEqual(english);
    // English for those who have no translation keeps the plurals of English.
    expect(counted("pl", 1, 2)).toEqual(["1 call logged today", "2 calls logged today"]);
    expect(counted("ar", 1, 2)).toEqual(["1 call logged today", "2 calls logged today"]);
    const [one, two] = counted("de", 1, 2);
    expect(one).toMatch(/^(Heute )?1 Anruf\b/);
    expect(two).toMatch(/^(Heute )?2 Anrufe\b/);
  });

  it("have all the forms that a translation may need", () => {
    const forms = (tag: string, categories: readonly string[]) => {
      const variants = categories.map((category) => `[${category}] ${category}`).join("\n    ");
      const message = `today-logged =\n    { $logged ->\n    ${variants}\n   *[other] other\n    }`;
      const catalogue = catalogueOf({ "en-US": [], [tag]: [message] }, [tag]);
      return (logged: number) => catalogue.word({ id: "today-logged", values: { logged } });
    };
    const polish = forms("pl", ["one", "few", "many"]);
    expect([1, 2, 5, 12, 22, 25].map(polish)).toEqual([
      "one",
      "few",
      "many",
      "many",
      "few",
      "many",
    ]);
    const arabic = forms("ar", ["zero", "one", "two", "few", "many"]);
    expect([0, 1, 2, 3, 11, 100].map(arabic)).toEqual([
      "zero",
      "one",
      "two",
      "few",
      "many",
      "other",
    ]);
  });
});

describe("the catalogue", () => {
  const ids = (language: string) => {
    const found = (sources[language] ?? []).flatMap((source) =>
      [...source.matchAll(/^([a-z][\w-]*) *=/gm)].map((match) => match[1]),
    );
    return found.sort();
  };

  it("has every message in every language", () => {
    expect(ids("en-US").length).toBeGreaterThan(700);
    expect(ids("de")).toEqual(ids("en-US"));
  });

  it("words every message of both languages without a name of a value left", () => {
    for (const tag of ["en-US", "de"]) {
      const catalogue = catalogueOf(sources, [tag]);
      for (const id of ids(tag)) {
        const values = new Proxy({}, { ownKeys: () => [], get: () => undefined });
        const text = catalogue.word({ id: id as keyof Messages, values });
        expect(text, `${tag} ${id}`).not.toBe(id);
      }
    }
  });
});

it("can be lengthened and marked, so that what is not in it is seen", () => {
  const catalogue = catalogueOf(sources, ["en-GB"], { transform: pseudo });
  const text = catalogue.word({ id: "time-tomorrow", values: { time: "10:42" } });
  expect(text).toBe("⟦tómórrów ····⟧10:42");
});
