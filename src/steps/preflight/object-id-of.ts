import type { Graph } from '../../azure/graph.ts'

/** A managed identity's object id, which access policies are about; its client id is what signs in. */
export async function objectIdOf(graph: Graph, clientId: string): Promise<string> {
  const { value } = await graph.servicePrincipal(clientId)
  if (value) return value.objectId
  throw new Error(
    `The tenant has no service principal of the identity ${clientId}. Correct its client id in the app settings.`
  )
}
