import { Console } from 'node:console'
import { Writable } from 'node:stream'

/** Runs `work` while nothing is printed: the peer's workers write a line per event, and take no other logger. */
export async function silently<T>(work: () => Promise<T>): Promise<T> {
  const printing = globalThis.console
  globalThis.console = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }))
  try {
    return await work()
  } finally {
    globalThis.console = printing
  }
}
