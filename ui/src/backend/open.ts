import type { Backend, WindowLabel } from "./backend";

/** The mode is known when the bundle is made, so the other branch is not in it. */
export async function openBackend(window: WindowLabel): Promise<Backend> {
  if (import.meta.env.MODE === "loopback") {
    const { createBackend } = await import("./loopback");
    return createBackend(window);
  }
  const { createBackend } = await import("./tauri");
  return createBackend();
}
