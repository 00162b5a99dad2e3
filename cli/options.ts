import type { Command } from 'commander'
import { Client } from './client.ts'
import type { Outside } from './outside.ts'
import { profileOf } from './profiles.ts'

/** Options of every command that talks to the app. */
export interface AppOptions {
  readonly url?: string
  readonly as?: string
  readonly audience?: string
  readonly profile?: string
}

/** Adds them, and `--json`. */
export const withApp = (command: Command): Command =>
  withJson(command)
    .option('--url <url>', 'the app’s address (CKEY_URL; default http://127.0.0.1:7071)')
    .option('--as <user>', 'who acts, on the embedded host (CKEY_AS)')
    .option('--audience <uri>', 'in Azure: the app’s audience, api://<client id> (CKEY_AUDIENCE)')
    .option('--profile <name>', 'the app of that name in ckey’s configuration (CKEY_PROFILE)')

export const withJson = (command: Command): Command =>
  command.option('--json', 'one JSON document on standard output', false)

/**
 * The app that options, environment or, where they say nothing, a profile names. One place says all: an address is never mixed
 * with the rest of another.
 */
export function clientOf(options: AppOptions, outside: Outside): Client {
  const { url = usualUrl, as, audience } = { ...targetOf(options, outside.env), ...given(options) }
  return new Client({ url, ...(as ? { as } : {}), ...(audience ? { audience } : {}) }, outside)
}

const usualUrl = 'http://127.0.0.1:7071'

type Partly = Partial<Record<'url' | 'as' | 'audience', string | undefined>>

function targetOf({ url, profile }: AppOptions, env: Outside['env']): Partly {
  const named = url === undefined && (profile !== undefined || env['CKEY_URL'] === undefined)
  const found = named ? profileOf(env, profile) : undefined
  return found ?? { url: env['CKEY_URL'], as: env['CKEY_AS'], audience: env['CKEY_AUDIENCE'] }
}

const given = ({ url, as, audience }: AppOptions): Partly => ({
  ...(url !== undefined && { url }),
  ...(as !== undefined && { as }),
  ...(audience !== undefined && { audience })
})
