/** The task's script or note, as plain text with its own line breaks. */
export function Script({ text }: { text: string | null }) {
  return (
    <section className="script" aria-label="Script">
      <h3 className="section-title">Script and note of the task</h3>
      {text ? (
        <p className="script-text selectable" dir="auto">
          {text}
        </p>
      ) : (
        <p className="absent">This task has no script or note.</p>
      )}
    </section>
  );
}
