import { orchestrators } from '../contracts/orchestrations.ts'
import type { Hub } from '../domain/ledger/takeover.ts'
import type { Orchestrations } from './durable-client.ts'

/**
 * The task hub that the app works with. Its name is the one of the client's binding, which the extension fills from `hubName`
 * of host.json or the setting `AzureFunctionsJobHost__extensions__durableTask__hubName` (its BindingHelper.cs). A hub that was
 * deleted and made again has the same name, so the first who looks leaves a mark in it.
 */
export async function hubOf(orchestrations: Orchestrations): Promise<Hub> {
  const marked = await markedHub(orchestrations)
  if (marked) return marked
  await orchestrations.start(orchestrators.hubMark.at(), { mark: crypto.randomUUID() })
  const found = await markedHub(orchestrations)
  if (found) return found
  throw new Error(
    `The task hub ${orchestrations.hub} does not keep its mark. Look at its storage, and at the log of the host.`
  )
}

/** The same for who only looks: undefined where nobody has left a mark yet. */
export async function markedHub(orchestrations: Orchestrations): Promise<Hub | undefined> {
  const found = await orchestrations.find(orchestrators.hubMark.at())
  return found && { name: orchestrations.hub, mark: found.input.mark, markedAt: found.createdAt }
}
