import { enableCompileCache } from 'node:module'

// As src/main.ts does, so that only what is loaded differs.
enableCompileCache()
await import('./empty-app.ts')
