import type { Collection, World } from '../../core/world.ts'

/** A resource of a deployment, as its provider shows it. */
export interface DeployedRecord {
  /** ARM id. */
  readonly id: string
  readonly name: string
  readonly type: string
  readonly location?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, unknown>>
}

/** What templates deployed that an onboarding never asks for; by ARM id, lower-case. Empty in a rehearsal. */
export const deployedResources = (world: World): Collection<DeployedRecord> => world.collection('deployed-resources')
