import { enableCompileCache } from 'node:module'

// What is deployed starts here: V8's compiled code of an earlier start on this machine is used again, which must be
// asked for before the app is loaded. Without a folder to write to, Node goes on without it.
enableCompileCache()
await import('./app.ts')
