import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAzure } from '../../../local/azure/azure.ts'
import { deviceCodes, enterCode } from '../../../local/azure/entra/device-codes.ts'
import { seedFor } from '../../../local/azure/seed.ts'
import { userId } from '../../../local/azure/seed-people.ts'
import type { SeedRequest } from '../../../local/azure/seed-shape.ts'
import { inMemoryEngine } from '../../../local/azure/storage/in-memory/engine.ts'
import { newWorld, serveHere } from '../../../local/stage/ground.ts'
import { openAzShell } from './shell.ts'

/** A simulated Azure for a request and a shell whose az reaches nothing else; undefined where there is no az. */
export async function azAgainst(request: SeedRequest) {
  const azure = await createAzure({
    world: newWorld(),
    engine: inMemoryEngine,
    seed: seedFor(request),
    clock: { mode: 'skip', startAt: new Date('2026-11-02T17:00:00Z') },
    microsoft: { approveAfterBusinessDays: 4 }
  })
  const { hostEnvironment } = await serveHere(azure.served)
  const folder = mkdtempSync(join(tmpdir(), 'customer-key-'))
  const shell = await openAzShell({
    ...hostEnvironment,
    REQUESTS_CA_BUNDLE: hostEnvironment['NODE_EXTRA_CA_CERTS'] ?? '',
    AZURE_CONFIG_DIR: folder,
    AZURE_CORE_COLLECT_TELEMETRY: 'no'
  })
  if (!shell) return undefined
  // The pauses that az makes are cut short (driver.py); what it waits for comes as if they were not.
  const passing = setInterval(() => void azure.clock.advance(10_000), 50)
  return {
    azure,
    run: shell.run,
    /** What the terminal says while somebody enters the code it shows, elsewhere. */
    signIn: async (person: string, ...options: readonly string[]) => {
      const said = shell.run(`az login --use-device-code ${options.join(' ')}`)
      const entering = setInterval(() => {
        for (const { userCode } of deviceCodes(azure.world).values())
          enterCode(azure.world, userCode, userId(request.organization.tenantId, person))
      }, 20)
      return said.finally(() => clearInterval(entering))
    },
    close: async () => {
      clearInterval(passing)
      shell.close()
      await azure.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
