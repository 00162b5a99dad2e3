// Started by cold-start.ts as a process of its own: stands where the Functions worker stands, loads the app named on its
// command line, and prints how long after the start of the process all functions were registered, and the memory once the app's own start is over.
import Module from 'node:module'
import { pathToFileURL } from 'node:url'

let functions = 0
const startHooks = []
const core = {
  version: '3.10.0',
  hostVersion: '4.1042.0',
  registerFunction: () => {
    functions += 1
    return { dispose() {} }
  },
  registerHook: (name, hook) => {
    if (name === 'appStart') startHooks.push(hook)
    return { dispose() {} }
  },
  setProgrammingModel() {},
  getProgrammingModel() {},
  log() {}
}
const { require } = Module.prototype
Module.prototype.require = function (id) {
  return id === '@azure/functions-core' ? core : require.call(this, id) // as the worker does
}

await import(pathToFileURL(process.argv[2]).href)
const milliseconds = performance.now() // counted from the start of the process
for (const hook of startHooks) await hook({})
const megabytes = process.memoryUsage().rss / 1e6
process.stdout.write(JSON.stringify({ functions, milliseconds, megabytes }))
process.exit()
