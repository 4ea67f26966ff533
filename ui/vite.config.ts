import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `vite --mode loopback` finds a core that answers `/command/<name>` and `/events`. */
const CORE = process.env["HANDSET_LOOPBACK"] ?? "http://127.0.0.1:4517";

// Two windows, two pages. The base is relative, so that the pages work under the app's own scheme.
export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [react()],
  build: {
    outDir: mode === "loopback" ? "dist-loopback" : "dist",
    emptyOutDir: true,
    target: ["safari17", "chrome120"],
    // The webview refuses everything but files of the app, data: URIs included.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      input: {
        main: resolve(import.meta.dirname, "index.html"),
        settings: resolve(import.meta.dirname, "settings.html"),
      },
    },
  },
  server: {
    host: "127.0.0.1",
    // The texts lie beside `ui`, in `locales`.
    fs: { allow: [".."] },
    proxy: { "/command": CORE, "/events": CORE },
  },
}));
