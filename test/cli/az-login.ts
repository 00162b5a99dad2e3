import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { issueToken } from '../../local/azure/core/bearer-token.ts'
import type { ReachableAzure } from '../../local/azure/start.ts'

/** Puts an `az` on the path that is signed in as this person, in the simulated Azure. */
export function signIn({ world, seed }: ReachableAzure, upn: string): void {
  const person = seed.users.find(({ userPrincipalName }) => userPrincipalName === upn)
  if (!person) throw new Error(`The seed has no ${upn}.`)
  const expires = Math.floor(Date.now() / 1000) + 3600
  const tokens = Object.fromEntries(
    audiences.map((audience) => {
      const caller = { clientId: azureCli, objectId: person.id, tenantId: seed.tenant.tenantId, audience }
      return [audience, issueToken(caller, world.secret, expires)]
    })
  )
  const folder = mkdtempSync(join(tmpdir(), 'ckey-az-'))
  writeFileSync(
    join(folder, 'az'),
    [
      `#!${process.execPath}`,
      `const resource = process.argv[process.argv.indexOf('--resource') + 1].replace(/\\/+$/, '')`,
      `const accessToken = (${JSON.stringify(tokens)})[resource]`,
      `console.log(JSON.stringify({ accessToken, expires_on: ${expires}, expiresOn: new Date(${expires}000).toISOString() }))`
    ].join('\n')
  )
  chmodSync(join(folder, 'az'), 0o755)
  process.env['PATH'] = [folder, process.env['PATH']].join(delimiter)
}

const audiences = [
  'https://vault.azure.net',
  'https://storage.azure.com',
  'https://management.azure.com',
  'https://management.core.windows.net'
]
/** The client id of the Azure CLI in every tenant. */
const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'
