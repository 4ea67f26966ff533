/** The language of tests: English with a clock of 24 hours, as in `tests/ui`. */
const LANGUAGES = ["en-GB"];

if (globalThis.navigator === undefined) {
  Object.defineProperty(globalThis, "navigator", { value: { languages: LANGUAGES } });
} else {
  Object.defineProperty(globalThis.navigator, "languages", {
    configurable: true,
    value: LANGUAGES,
  });
}
