import { createInterface } from 'node:readline/promises'
import { run } from './program.ts'

const { stdin, stdout, stderr, env } = process
stdout.on('error', () => process.exit()) // the reader went away, as `head` does
const interrupt = new AbortController()
process.once('SIGINT', () => interrupt.abort())

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  env,
  now: () => new Date(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  columns: Math.max(80, stdout.isTTY === true ? stdout.columns : 80),
  live: stdout.isTTY === true && env['CI'] === undefined,
  signal: interrupt.signal,
  ...(stdin.isTTY === true && stdout.isTTY === true ? { ask } : {})
})

async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: stdin, output: stdout })
  try {
    return (await reader.question(question, { signal: interrupt.signal })).trim()
  } finally {
    reader.close()
  }
}
