import { describe, expect, it } from "vitest";
import type { Answer, Backend } from "./backend";
import { BackendError } from "./backend";
import { plain, visible } from "./plain";

describe("a text of Apollo's", () => {
  it.each([
    ["Dana\u202Eelpmaxe", "Dana⟨U+202E⟩elpmaxe"],
    ["a\u202Ab\u202Bc\u202Cd\u202De", "a⟨U+202A⟩b⟨U+202B⟩c⟨U+202C⟩d⟨U+202D⟩e"],
    ["\u2066x\u2067y\u2068z\u2069", "⟨U+2066⟩x⟨U+2067⟩y⟨U+2068⟩z⟨U+2069⟩"],
    ["Da\u200Bna \u200DExample\u200C", "Da⟨U+200B⟩na ⟨U+200D⟩Example⟨U+200C⟩"],
    ["\uFEFFDana\u2060", "⟨U+FEFF⟩Dana⟨U+2060⟩"],
    ["a\u200Eb\u200Fc", "a⟨U+200E⟩b⟨U+200F⟩c"],
    [
      "bell\u0007 esc\u001B[31m del\u007F nul\u0000",
      "bell⟨U+0007⟩ esc⟨U+001B⟩[31m del⟨U+007F⟩ nul⟨U+0000⟩",
    ],
    ["c1\u009B31m", "c1⟨U+009B⟩31m"],
    ["\u3164\u2800\u115F", "⟨U+3164⟩⟨U+2800⟩⟨U+115F⟩"],
    ["tag\u{E0041}", "tag⟨U+E0041⟩"],
    ["soft\u00ADhyphen", "soft⟨U+00AD⟩hyphen"],
  ])("shows what cannot be seen: %j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each([
    "Dana Example, +1 202-555-0143",
    "Ünïcödé Łódź Ñandú 李小龍 Дана Δάνα",
    "two\nlines\tand a tab",
    "family 👨‍👩‍👧 and ❤️‍🔥 and 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "می‌خواهم",
    "क्‍ष",
    "דנה\u200F כהן",
    "\u0600١٢",
  ])("leaves alone what is writing: %j", (text) => {
    expect(visible(text)).toBe(text);
  });

  it("ends its lines with one character", () => {
    expect(visible("a\r\nb\rc\u2028d\u2029e\u0085f")).toBe("a\nb\nc\nd\ne\nf");
  });
});

describe("the seam", () => {
  const name = "Dana\u202Eelpmaxe";
  const seam = (answer: unknown): Backend =>
    plain({
      call: async () => answer as Answer<"card_get">,
      subscribe: async () => () => undefined,
    });

  it("makes every text of an answer visible, however deep, and leaves the rep's own note", async () => {
    const card = await seam({
      contact: { name, custom_fields: [{ name: "a\u200Bb", value: "c\u0000d" }] },
      draft: { note: name, outcome: null },
      position: 3,
      next: null,
    }).call("card_get", { task_id: "1" });
    expect(card).toEqual({
      contact: {
        name: "Dana⟨U+202E⟩elpmaxe",
        custom_fields: [{ name: "a⟨U+200B⟩b", value: "c⟨U+0000⟩d" }],
      },
      draft: { note: name, outcome: null },
      position: 3,
      next: null,
    });
  });

  it("makes a refusal visible, too", async () => {
    const refusing = plain({
      call: () => Promise.reject(new BackendError({ code: "invalid", message: name })),
      subscribe: async () => () => undefined,
    });
    await expect(refusing.call("status_get", {})).rejects.toMatchObject({
      problem: { message: "Dana⟨U+202E⟩elpmaxe" },
    });
  });
});
