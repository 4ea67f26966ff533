/** Source: Apollo docs, "Create API Keys". */
export function KeySteps() {
  return (
    <section className="connect-steps">
      <h2 id="key-steps" className="section-title">
        How to make a master key
      </h2>
      <ol aria-labelledby="key-steps">
        <li>
          In Apollo, open <b>Settings</b>, then <b>Integrations</b>.
        </li>
        <li>
          Find <b>API</b> and choose <b>Connect</b>.
        </li>
        <li>
          Open <b>API Keys</b> and choose <b>Create new key</b>.
        </li>
        <li>
          Name it “Handset” and turn on <b>Set as master key</b>. Select no single APIs: only a
          master key may log calls.
        </li>
        <li>Copy the key and paste it here.</li>
      </ol>
      <p className="help">You need an admin’s account in Apollo, on a plan with API access.</p>
    </section>
  );
}
