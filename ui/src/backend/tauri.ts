/** The backend of the real app: Tauri's IPC, and nothing else. */
import { invoke } from "@tauri-apps/api/core";
import { getCurrentWebviewWindow } from "@tauri-apps/api/webviewWindow";
import type { Changed } from "../generated/Changed";
import { type Backend, toBackendError } from "./backend";

export function createBackend(): Backend {
  return {
    async call(name, args) {
      try {
        return await invoke(name, { args });
      } catch (thrown) {
        throw toBackendError(thrown);
      }
    },
    subscribe(listener) {
      return getCurrentWebviewWindow().listen<Changed>("changed", (event) =>
        listener(event.payload),
      );
    },
  };
}
