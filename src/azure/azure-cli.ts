import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { AccessToken } from '@azure/core-auth'
import { z } from 'zod'

/**
 * A token of whoever is signed in to the Azure CLI in one profile folder. `AzureCliCredential` of @azure/identity knows
 * only the one profile of the whole process, and each slot needs its own.
 * @param profile folder that `AZURE_CONFIG_DIR` named at `az login`
 * @param claims what a newer token must have: the CLI hands out the one it has until somebody signs in again
 */
export async function azureCliToken(profile: string, scopes: readonly string[], claims?: string): Promise<AccessToken> {
  if (claims) throw signedOut(profile)
  const asked = ['account', 'get-access-token', '--output', 'json', ...scopes.flatMap((scope) => ['--scope', scope])]
  const environment = { ...process.env, AZURE_CONFIG_DIR: profile }
  const { stdout } = await promisify(execFile)('az', asked, { env: environment, timeout: longestMs }).catch(() => {
    // Not its words: they may hold what it was about to hand out.
    throw signedOut(profile)
  })
  const read = answer.safeParse(JSON.parse(stdout))
  if (!read.success) throw signedOut(profile)
  return { token: read.data.accessToken, expiresOnTimestamp: read.data.expires_on * 1000 }
}

const longestMs = 30_000

const answer = z.object({ accessToken: z.string(), expires_on: z.number() })

function signedOut(profile: string): Error {
  const error = new Error(
    `The Azure CLI gave no token for the profile ${profile}. Run: AZURE_CONFIG_DIR=${profile} az login`
  )
  // Azure's own credentials fail under this name, which `translate` knows.
  error.name = 'CredentialUnavailableError'
  return error
}
