import type { Command } from 'commander'
import { Client } from './client.ts'
import type { Outside } from './outside.ts'

/** Options of every command that talks to the app. */
export interface AppOptions {
  readonly url?: string
  readonly as?: string
  readonly audience?: string
}

/** Adds them, and `--json`. */
export const withApp = (command: Command): Command =>
  withJson(command)
    .option('--url <url>', 'the app’s address (CKEY_URL; default http://127.0.0.1:7071)')
    .option('--as <user>', 'who acts, on the embedded host (CKEY_AS)')
    .option('--audience <uri>', 'in Azure: the app’s audience, api://<client id> (CKEY_AUDIENCE)')

export const withJson = (command: Command): Command =>
  command.option('--json', 'one JSON document on standard output', false)

/** The app that options and environment name. */
export function clientOf(options: AppOptions, outside: Outside): Client {
  const { env } = outside
  const as = options.as ?? env['CKEY_AS']
  const audience = options.audience ?? env['CKEY_AUDIENCE']
  return new Client(
    {
      url: options.url ?? env['CKEY_URL'] ?? 'http://127.0.0.1:7071',
      ...(as ? { as } : {}),
      ...(audience ? { audience } : {})
    },
    outside
  )
}
