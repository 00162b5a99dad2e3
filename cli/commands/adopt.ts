import type { z } from 'zod'
import type { adoptionBody } from '../../src/domain/backups/adoption.ts'
import type { Slot } from '../../src/domain/terms/evidence.ts'
import type { InTheEnd } from '../client.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../shell.ts'
import { readSlot } from '../slot-option.ts'

interface Options extends AppOptions {
  readonly slot: Slot
  readonly tenant: string
  readonly vaultId: string
  readonly workload: string
  readonly administrator?: readonly string[]
  readonly operator1?: readonly string[]
  readonly operator2?: readonly string[]
  readonly confirm?: string
}

const many = (value: string, before: readonly string[] = []): string[] => [...before, value]

/** `ckey adopt`: takes a vault that was set up by hand into the app's care, by a word of each slot (R11, R45). */
export const addAdopt: AddCommand = (program, { outside, does }) => {
  withApp(
    program
      .command('adopt')
      .description(
        'hand over a vault that others made, or whose administrators changed: its slot proposes, the other confirms'
      )
  )
    .requiredOption('--slot <1|2>', 'whose vault it is', readSlot)
    .requiredOption('--tenant <id>', 'the tenant, a GUID')
    .requiredOption('--vault-id <id>', 'its resource id: az keyvault show --name VAULT --query id')
    .requiredOption('--workload <name>', 'exchange, sharepoint or multi-workload')
    .option(
      '--administrator <who>',
      'who administers it, once for each; none: whoever is in its access policy today',
      many
    )
    .option(
      '--operator1 <who>',
      'who stands for slot 1, once for each: with the first vault of a tenant set up by hand',
      many
    )
    .option('--operator2 <who>', 'the same of slot 2', many)
    .option('--confirm <proposal>', 'by the other slot: what was read and is to be so')
    .action(
      does(async (options: Options) => {
        const body = bodyOf(options)
        const adopted = await clientOf(options, outside).callToTheEnd('adoptVault', { body })
        return { data: adopted, lines: linesOf(adopted, options) }
      })
    )
}

function bodyOf(options: Options): z.input<typeof adoptionBody> {
  const { slot, tenant: tenantId, vaultId, administrator, operator1, operator2, confirm } = options
  const people = ([1, 2] as const).map((each) => ({
    slot: each,
    operators: [...((each === 1 ? operator1 : operator2) ?? [])]
  }))
  return {
    slot,
    tenantId,
    vaultId,
    workload: options.workload as z.input<typeof adoptionBody>['workload'], // the app refuses any other, and names those there are
    ...(administrator && { administrators: [...administrator] }),
    ...((operator1 ?? operator2) && { people }),
    ...(confirm !== undefined && { confirms: confirm })
  }
}

function linesOf(adopted: InTheEnd<'adoptVault'>, options: Options): string[] {
  const { vaultName } = adopted
  if (adopted.outcome === 'adopted')
    return [`Adopted: ${vaultName} is looked after from now on, with ${adopted.keys.join(', ') || 'no key yet'}.`]
  const { becomes, loosens, proposal } = adopted
  return [
    `Proposed: ${vaultName}. Nothing is changed, and nobody is bound by it.`,
    '',
    'What holds from its adoption on:',
    ...becomes.map((each) => `  · ${each}`),
    ...(loosens.length === 0
      ? ['Nothing is looser than what was handed off before.']
      : ['Looser than what was handed off before, once it is confirmed:', ...loosens.map((each) => `  ! ${each}`)]),
    '',
    `An operator of slot ${options.slot === 1 ? 2 : 1} reads this by the same command, and says so: ${commandOf(options)} --confirm ${proposal}`
  ]
}

/** The same words again, without who says them. */
function commandOf(options: Options): string {
  const { slot, tenant, vaultId, workload, administrator = [], operator1 = [], operator2 = [] } = options
  return [
    `ckey adopt --slot ${slot} --tenant ${tenant} --vault-id ${vaultId} --workload ${workload}`,
    ...administrator.map((each) => `--administrator ${each}`),
    ...operator1.map((each) => `--operator1 ${each}`),
    ...operator2.map((each) => `--operator2 ${each}`)
  ].join(' ')
}
