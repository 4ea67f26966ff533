/**
 * The backend of UI tests: the same core behind HTTP on this machine. Built only with Vite's mode
 * `loopback`, so a release holds none of it.
 */
import type { Changed } from "../generated/Changed";
import { type Backend, toBackendError, type WindowLabel } from "./backend";

/** Browsers refuse to keep more than 64 KiB under way for a page that is gone. */
const KEEPALIVE_LENGTH_MAX = 8_000;

export function createBackend(window: WindowLabel): Backend {
  return {
    async call(name, args) {
      let reply: Response;
      let body: unknown;
      try {
        const asked = JSON.stringify({ window, args });
        reply = await fetch(`/command/${name}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: asked,
          // A request that is sent while the page closes still arrives.
          keepalive: asked.length < KEEPALIVE_LENGTH_MAX,
        });
        body = await reply.json();
      } catch (thrown) {
        throw toBackendError(thrown);
      }
      if (!reply.ok) throw toBackendError(body);
      return body as never;
    },
    subscribe(listener) {
      return new Promise((resolve, reject) => {
        const source = new EventSource(`/events?window=${window}`);
        const take = (event: MessageEvent<string>) => listener(JSON.parse(event.data) as Changed);
        source.addEventListener("message", take);
        source.addEventListener("changed", take);
        source.addEventListener("open", () => resolve(() => source.close()), { once: true });
        source.addEventListener("error", () => reject(toBackendError(undefined)), { once: true });
      });
    },
  };
}
