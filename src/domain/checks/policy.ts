import { listOf } from '../terms/words.ts'
import { retried } from './afterwards.ts'
import type { Check, Example } from './checks.ts'
import { isList, isRecord, written } from '../governance/unsure.ts'
import { isSure, type Ruling, type Topic } from './policy-rulings.ts'

export interface PoliciesObserved {
  readonly rulings: readonly Ruling[]
}

export interface PoliciesExpected {
  readonly subscriptionId: string
}

const look = [
  'az policy assignment list --subscription SUB --disable-scope-strict-match --query ' +
    '"[].{name:name, definition:policyDefinitionId, mode:enforcementMode}" --output table',
  'az policy definition show --name DEFINITION'
]

const unlessSure = {
  only: 'Only where the app cannot tell, or where nothing waits on what is refused',
  when: ({ rulings }: PoliciesObserved) => !rulings.some(isSure)
}

/** Azure Policy must neither refuse what the plan makes nor ask for what Customer Key forbids. Found before anything is made. */
export const policyChecks: readonly Check<PoliciesObserved, PoliciesExpected>[] = [
  {
    ...about('expiry'),
    code: 'policy-key-expiry',
    requirement: 'R42',
    expected: () => 'no Azure Policy wants keys to expire',
    overridable: {
      only: 'Only where the policy audits and refuses nothing',
      when: ({ rulings }) => within('expiry', rulings).every(({ bearing }) => bearing === 'audits')
    },
    means:
      'An Azure Policy wants keys to have an expiration date. Customer Key forbids one: an expired key makes the data unreadable.',
    cure: ({ rulings }, expected) =>
      `Customer Key forbids expiration dates. ${exempted(expected, within('expiry', rulings))} ` +
      'Where it only audits, override with who will leave the finding of the audit alone.',
    broken: [broken({ topic: 'expiry' })]
  },
  {
    ...about('location'),
    code: 'policy-locations',
    requirement: 'R31',
    expected: () => 'Azure Policy allows the regions of the plan',
    means: 'An Azure Policy does not allow a region of the plan: making the vault would be refused half-way.',
    cure: ({ rulings }, expected) =>
      `${needed(regionsOf(within('location', rulings)))}${exempted(expected, within('location', rulings))} ` +
      'Or start anew with other regions.',
    broken: [broken({ topic: 'location' })]
  },
  {
    ...about('sku'),
    code: 'policy-sku',
    requirement: 'R28',
    expected: () => 'no Azure Policy refuses SKUs of vaults',
    means:
      'An Azure Policy restricts the SKU of vaults. Customer Key needs Premium, because keys live in a hardware security module.',
    cure: ({ rulings }, expected) =>
      `${exempted(expected, within('sku', rulings))} If it allows the SKU of the plan, override with where that is written.`,
    broken: [broken({ topic: 'sku' })]
  },
  {
    ...about('tags'),
    code: 'policy-tags',
    requirement: 'R27',
    expected: () => 'what the plan makes has the tags that Azure Policy wants',
    means:
      'An Azure Policy refuses resources without a certain tag, or with another value. The app gives what it makes the tags of ' +
      'the request, beside its own.',
    cure: ({ rulings }, expected) =>
      `Start anew with the tags in the request, under "tags". Or: ${exempted(expected, within('tags', rulings))}`,
    broken: [broken({ topic: 'tags' })]
  },
  {
    ...about('change'),
    code: 'policy-rewrites',
    requirement: 'R27',
    expected: () => 'no Azure Policy changes what the plan makes',
    means:
      'An Azure Policy changes resources while they are made, such as their tags or the firewall of a vault. What is made is then ' +
      'not what was approved, and Azure may refuse it for another rule.',
    cure: ({ rulings }, expected) =>
      `Read what its definition changes. ${exempted(expected, within('change', rulings))} A tag that the request gives under ` +
      '"tags" is not changed by most. If what it changes does no harm to Customer Key, override with why.',
    broken: [broken({ topic: 'change', bearing: 'rewrites' })]
  },
  {
    ...about('other'),
    code: 'policy-other',
    requirement: 'R27',
    expected: () => 'no Azure Policy refuses what the plan makes, as far as the app can judge',
    means:
      'An Azure Policy refuses what the plan makes, or acts on it in a way that the app cannot judge: then it may let it pass, or ' +
      'refuse it.',
    cure: ({ rulings }, expected) =>
      `Read what its definition refuses. ${exempted(expected, within('other', rulings))} If the app cannot judge it and it lets ` +
      "the plan's resources pass, override with why.",
    broken: [broken({ topic: 'other' })]
  }
]

type Subject = Topic | 'change'

/** What is the same for each subject. */
function about(subject: Subject) {
  return {
    on: 'subscription',
    holds: ({ rulings }: PoliciesObserved) => within(subject, rulings).length === 0,
    describe: ({ rulings }: PoliciesObserved) => described(within(subject, rulings)),
    overridable: {
      ...unlessSure,
      when: ({ rulings }: PoliciesObserved) => unlessSure.when({ rulings: within(subject, rulings) })
    },
    look,
    afterwards: retried
  } as const
}

const within = (subject: Subject, rulings: readonly Ruling[]): Ruling[] =>
  rulings.filter((ruling) => (ruling.topic !== 'expiry' && changes(ruling) ? 'change' : ruling.topic) === subject)

const changes = ({ bearing, policy }: Ruling): boolean =>
  bearing === 'rewrites' || (bearing === 'unsure' && ['modify', 'append'].includes(policy.effect))

const needed = (regions: readonly string[]): string =>
  regions.length === 0 ? '' : `The plan needs ${listOf(regions)}. `

const regionsOf = (rulings: readonly Ruling[]): string[] => [
  ...new Set(rulings.flatMap(({ writes }) => writes.flatMap(({ location }) => location ?? [])))
]

/** What is not spelt out is told apart all the same: an override covers what was observed, and nothing behind a mere number. */
function described(rulings: readonly Ruling[]): string {
  const sentences = rulings.map(sentence)
  const rest = sentences.slice(3)
  const more = rest.length > 0 ? [`${String(rest.length)} more (sum ${sumOf(rest.join('; '))})`] : []
  return [...sentences.slice(0, 3), ...more].join('; ') || 'none'
}

/** No digest: it need only differ where somebody has changed something by chance, and the domain has no hash. */
const sumOf = (text: string): string =>
  [...text].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 4_294_967_291, 7).toString(16)

const sentence = ({ policy, bearing, writes }: Ruling): string =>
  `"${policy.title}" (${policy.effect || 'effect unknown'}, rule ${ruleOf(policy)}) by assignment "${policy.assignment}" ${does[bearing]} ` +
  [...new Set(writes.map(({ type }) => type))].join(', ') +
  changed(policy) +
  (policy.doubt === undefined ? '' : `: ${policy.doubt}`)

/** Tells it from the same definition with another rule or other parameters. */
const ruleOf = ({ condition, details, parameters, mode }: Ruling['policy']): string =>
  sumOf(JSON.stringify([condition, details, parameters, mode]))

/** What it would make of a resource: whoever goes on in spite of it goes on in spite of no other change. */
function changed({ effect, details }: Ruling['policy']): string {
  const operations = effect === 'modify' && isRecord(details) ? details['operations'] : details
  if (!['modify', 'append'].includes(effect) || !isList(operations)) return ''
  return ` in ${operations.map((each) => (isRecord(each) ? written(each['field']) : '')).join(', ')}`
}

const does = {
  refuses: 'refuses',
  rewrites: 'changes',
  audits: 'reports',
  unsure: 'may refuse or change'
} as const

/** One for each assignment, of all that it rules here: none is of more than what it is assigned to. */
function exempted({ subscriptionId }: PoliciesExpected, rulings: readonly Ruling[]): string {
  const scopes = new Map(rulings.map(({ policy }) => [policy.assignmentId, policy.scope]))
  const commands = [...scopes].map(
    ([assignment, scope], at) =>
      `az policy exemption create --name customer-key${at === 0 ? '' : `-${String(at + 1)}`} ` +
      `--scope ${scope || `/subscriptions/${subscriptionId}`} --exemption-category Waiver --policy-assignment ${assignment}`
  )
  return `Ask for ${commands.length === 1 ? 'an exemption' : 'exemptions'}: ${commands.join('; ')}, then retry.`
}

function broken({
  topic,
  bearing = 'refuses'
}: {
  readonly topic: Subject
  readonly bearing?: Ruling['bearing']
}): Example<PoliciesObserved, PoliciesExpected> {
  const policy = {
    assignmentId: 'ASSIGNMENT_ID',
    scope: '',
    assignment: 'ASSIGNMENT',
    definition: 'DEFINITION',
    title: 'TITLE',
    effect: bearing === 'rewrites' ? 'modify' : 'deny',
    overrides: [],
    mode: 'All',
    condition: {},
    details: undefined,
    parameters: {},
    selectors: [],
    exceptions: []
  }
  const write = {
    type: 'Microsoft.KeyVault/vaults',
    id: 'VAULT_ID',
    name: 'VAULT',
    fullName: 'VAULT',
    location: 'REGION',
    properties: {},
    isNeeded: true
  }
  return {
    observed: { rulings: [{ policy, bearing, writes: [write], topic: topic === 'change' ? 'other' : topic }] },
    expected: { subscriptionId: 'SUB' }
  }
}
