import { defineConfig } from "vitest/config";

// What draws (`.test.tsx`) has a document to draw in; everything else runs in plain Node.
// The texts lie beside `ui`, in `locales`.
const server = { fs: { allow: [".."] } };

export default defineConfig({
  server,
  test: {
    projects: [
      {
        server,
        test: {
          name: "plain",
          include: ["src/**/*.test.ts"],
          environment: "node",
          setupFiles: ["src/testing/language.ts"],
        },
      },
      {
        server,
        test: {
          name: "drawn",
          include: ["src/**/*.test.tsx"],
          environment: "jsdom",
          setupFiles: ["src/testing/language.ts", "src/testing/setup.ts"],
          // No test waits for real time; a machine that is busy does.
          testTimeout: 20_000,
          // One document and one reading of the modules for all files of a worker: several times as
          // fast. What a test leaves behind, the setup takes away.
          isolate: false,
        },
      },
    ],
  },
});
