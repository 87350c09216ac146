import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['app/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', 'json'],
    outputFile: { json: 'coverage/results.json' },
    coverage: {
      thresholds: { 'app/**': { lines: 80 } },
      provider: 'v8',
      include: ['app/**/*.ts', 'web/**/*.{ts,tsx}'],
      exclude: ['**/*.test.*', 'app/infra/db/tables.ts', 'web/lib/api/schema.gen.ts'],
    },
  },
});
