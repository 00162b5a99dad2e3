import type { Slot } from '../terms/evidence.ts'

export interface VaultsOfPlan {
  readonly policies: readonly { readonly vaults: readonly { readonly slot: Slot; readonly vaultName: string }[] }[]
}

/** The slot of the vault that a task is about, e.g. `import-contoso-ck-ex-na-vaulta1`; undefined for any other task. */
export function slotOfVaultTask({ policies }: VaultsOfPlan, task: string): Slot | undefined {
  const name = ofVault.exec(task)?.[1]
  return policies.flatMap(({ vaults }) => vaults).find(({ vaultName }) => vaultName.toLowerCase() === name)?.slot
}

/** Whether its answer says what a person did, or had the app do, for one vault. */
export const isVaultTask = (task: string): boolean => ofVault.test(task) || task.startsWith('mend-')

const ofVault = /^(?:import|assign-contributor)-(.+)$/
