/** A sentence of the core: text between asterisks is the name of something on a screen. */
export function Sentence({ text }: { text: string }) {
  const parts = text.split(/\*([^*]+)\*/);
  return parts.map((part, index) =>
    // The odd parts are those that stood between asterisks; a sentence never reorders.
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place in the sentence
    index % 2 === 1 ? <b key={index}>{part}</b> : part,
  );
}
