/** A whole window that could not be drawn: what is safe, and the way to begin anew. */
export function WindowFailed() {
  return (
    <main className="start">
      <div className="empty" role="alert">
        <h1 className="empty-title">This window could not be drawn</h1>
        <p className="empty-text">
          Handset’s core works on: calls you saved are kept and go to Apollo by themselves.
        </p>
        <p className="empty-text">
          If loading the window again does not help, restart Handset and send the logs.
        </p>
        <div className="empty-act">
          {/* The plain element: whatever failed may be what our own are made of. */}
          <button
            type="button"
            className="button button-next"
            onClick={() => window.location.reload()}
          >
            Load the window again
          </button>
        </div>
      </div>
    </main>
  );
}
