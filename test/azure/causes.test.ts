import { describe, expect, test } from 'vitest'
import type { Fault } from '../../local/azure/core/faults.ts'
import type { AnswerName } from '../../src/azure/answers/answers.ts'
import { absent } from '../../src/azure/deployed.ts'
import { AzureCallError, isPassing } from '../../src/azure/errors.ts'
import { findingOfRefusal, refusedChecks } from '../../src/domain/checks/refused.ts'
import { causes, meantBy, passingCodes, type Cause } from '../../src/domain/terms/causes.ts'
import { unlessUnseen } from '../../src/steps/backups/unseen.ts'
import { activityOf } from '../../src/steps/outcome.ts'
import { answerNames as names, useEveryAnswer } from './use-every-answer.ts'
import { subscriptionIds } from './simulation.ts'

const { simulation, heard } = useEveryAnswer()

const said = 'The very thing was not done, and this is why; ask for it at somebody@contoso.com.'
const shown = 'The very thing was not done, and this is why; ask for it at …'

type Refusing = Pick<Fault, 'status' | 'code' | 'more'>

/** Each cause once; operations take the codes of one in turn, so that all of them are met. */
const everyCauseBySomeCode = (turn: number) =>
  Object.entries(causes)
    .filter(([cause]) => cause !== 'identity-absent') // which no answer tells
    .map(([cause, codes]) => ({ cause: cause as Cause, code: codes[turn % codes.length] ?? '' }))

/** Key Vault's own codes stand within. */
const inner = new Set([
  'ForbiddenByRbac',
  'AccessDenied',
  'ForbiddenByPolicy',
  'ForbiddenByFirewall',
  'ForbiddenByConnection'
])
const statuses: Readonly<Partial<Record<Cause, number>>> = {
  'subscription-disabled': 409,
  'subscription-unseen': 404,
  'other-tenant': 401,
  'provider-missing': 409,
  locked: 409,
  'token-refused': 401,
  'key-deleted': 409,
  'vault-name-taken': 409,
  'vault-name-refused': 400,
  'group-missing': 404,
  'region-refused': 400,
  'sku-refused': 400,
  'quota-used-up': 400,
  'principal-missing': 400,
  'role-gone': 400,
  'container-missing': 404
}

function refusing({ cause, code }: { cause: Cause; code: string }): Refusing {
  const status = statuses[cause] ?? 403
  if (inner.has(code)) return { status, code: 'Forbidden', more: { innererror: { code } } }
  if (cause === 'key-deleted') return { status, code: 'Conflict', more: { innererror: { code } } }
  return { status, code }
}

async function refusedBy(name: AnswerName, fault: Refusing): Promise<unknown> {
  const { service, operation = name, ask } = heard(name)
  const remove = simulation.simulated.faults.add({
    service,
    operation,
    kind: 'status',
    message: said,
    times: 'always',
    ...fault
  })
  try {
    return await ask().catch((error: unknown) => error)
  } finally {
    remove()
  }
}

/** What a look would have shown, whatever step asks; all else is the step's. */
const shows: Readonly<Partial<Record<AnswerName, string>>> = {
  'organization.list': 'R8',
  'subscribedSkus.list': 'R3',
  'servicePrincipals.get': 'R37',
  'subscriptions.get': 'R7',
  'resources.list': 'R12',
  'users.get': 'R33',
  'users.list': 'R33',
  'groups.get': 'R11',
  'groups.listTransitiveMembers': 'R11',
  'policyAssignments.list': 'R42',
  'roleAssignments.listForScope': 'R34',
  'features.get': 'R26'
}

/** Another service than the one that was asked has the code for it. */
const isMeantByOther = (cause: Cause, made: unknown): made is AzureCallError =>
  made instanceof AzureCallError && (meantBy[cause] ?? made.service) !== made.service

/** What the app takes for an answer, whoever gives it. */
function isAnswer(name: AnswerName, { status, code }: Refusing, cause: Cause): boolean {
  if (name === 'blob.lease.release') return true // a lock that cannot be given back ends by itself
  if (['resourceGroups.get', 'vaults.get', 'vaults.getDeleted', 'registrationAssignments.list'].includes(name))
    return code === 'ResourceGroupNotFound'
  if (name === 'deployed.get' || name === 'deployed.list') return absent.includes(code ?? '')
  if (name === 'keys.getRotationPolicy') return status === 404 || rightsOnKeys.includes(cause)
  return false
}

/** Answers to HEAD have no body: of Azure's words only a code in a header, of Storage, is heard. */
const heads: ReadonlySet<AnswerName> = new Set(['blob.getProperties'])

/** What Azure refuses to show of one policy is a doubt about that one, in Azure's words, and hides no other. */
const doubted: ReadonlySet<AnswerName> = new Set(['policyDefinitions.get', 'policySetDefinitions.get'])

const rightsOnKeys: readonly Cause[] = ['key-role-missing', 'access-policy-missing']

test('a missing right is given by the template as it is deployed at that time (R34)', async () => {
  const made = await refusedBy('roleAssignments.listForScope', { status: 403, code: 'AuthorizationFailed' })
  if (!(made instanceof AzureCallError) || !made.refused) throw new Error(String(made))
  const step = { requirement: 'R46', resource: 'both subscriptions', suffixes: ['subscriptions'] } as const
  const late = findingOfRefusal({ ...made.refused, settled: true }, step)
  expect(late).toMatchObject({ requirement: 'R34', resource: subscriptionIds[1] })
  expect(late.remedy).toContain('settingUp=false')
  expect(late.remedy).not.toContain('settingUp=true')
  expect(findingOfRefusal(made.refused, step).remedy).toContain('settingUp=true until')
  expect(made.happened).not.toContain('deploy')
})

test('a refusal that no cause is known of tells what it was about, to a step and to a sweep', async () => {
  const made = await refusedBy('features.get', { status: 418, code: 'Teapot' })
  if (!(made instanceof AzureCallError)) throw new Error(String(made))
  const step = activityOf(simulation)<'look-at-slot'>(() => Promise.reject(made))
  const log = { functionName: 'look-at-slot', info: () => undefined, warn: () => undefined }
  const input = {} as Parameters<typeof step>[0] // which the step above does not read
  expect(await step(input, log)).toEqual({
    refused: { message: made.told, kind: 'invalid', place: { subscriptionId: subscriptionIds[1] } }
  })
  expect(await unlessUnseen('both slots', () => Promise.reject(made))).toMatchObject([{ resource: subscriptionIds[1] }])
})

describe.for(names)('a refusal of %s', (name) => {
  test('is a finding of its cause, with what it is about, what Azure said and its own cure', async () => {
    for (const refusal of everyCauseBySomeCode(names.indexOf(name))) {
      const { cause, code } = refusal
      const fault = refusing(refusal)
      // A body of XML, or of another service, has no inner code.
      if (fault.more && !['keyvault', 'arm'].includes(heard(name).service)) continue
      const made = await refusedBy(name, fault)
      if (isMeantByOther(cause, made) || isAnswer(name, fault, cause)) continue
      if (doubted.has(name)) {
        expect(JSON.stringify(made), code).toContain(shown)
        continue
      }
      if (!(made instanceof AzureCallError)) throw new Error(`${code}: ${String(made)}`)
      expect([made.refused?.cause, isPassing(made)], code).toEqual([cause, false])
      expect(made.told).not.toContain('somebody@')
      expect(made.message).not.toContain('The very thing')
      const { findings, resource } = findingsOf(made)
      expect(findings, code).toEqual([
        expect.objectContaining({
          check: cause,
          requirement: refusedChecks[cause].ofStep ? (shows[name] ?? 'R46') : refusedChecks[cause].requirement,
          observed: expect.stringContaining(heads.has(name) ? ' as ' : shown),
          remedy: expect.stringMatching(/^[A-Z].{20,}\.$/)
        })
      ])
      expect(resource, code).toMatch(resourceOf(name, cause))
    }
  })

  test('in a code by which another service means something keeps Azure’s words, and no cure of that other', async () => {
    for (const refusal of everyCauseBySomeCode(names.indexOf(name))) {
      const { cause, code } = refusal
      const fault = refusing(refusal)
      const made = await refusedBy(name, fault)
      if (!isMeantByOther(cause, made)) continue
      expect(made.refused, code).toBeUndefined()
      if (!heads.has(name)) expect(made.told, code).toContain(shown)
    }
  })

  test('that ends by itself passes, whatever its status', async () => {
    const code = passingCodes[names.indexOf(name) % passingCodes.length] ?? ''
    const made = await refusedBy(name, { status: 409, code })
    if (made instanceof AzureCallError) expect(isPassing(made)).toBe(true)
  })
})

function findingsOf({ refused }: AzureCallError) {
  const about = { requirement: 'R46', resource: 'the step', suffixes: ['step'] } as const
  const findings = refused ? [findingOfRefusal(refused, about)] : []
  return { findings, resource: findings[0]?.resource }
}

/** By what the cause is on, where the address of the call tells. */
function resourceOf(name: AnswerName, cause: Cause): RegExp {
  const { on } = refusedChecks[cause]
  const { service } = heard(name)
  if (on === 'subscription' && service === 'arm' && !/^policy.*Definitions/.test(name))
    return new RegExp(`^${subscriptionIds[1]}$`)
  return on === 'vault' && service === 'keyvault' ? /^contoso-ck-/ : /./
}
