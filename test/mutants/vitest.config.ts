import { defineConfig } from 'vitest/config'

/** The domain's own tests alone: what mutants of the domain are tried by. */
export default defineConfig({
  test: { include: ['test/domain/**/*.test.ts'], pool: 'threads', isolate: false, testTimeout: 60_000 }
})
