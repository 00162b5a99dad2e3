import { describe, expect, test } from 'vitest'
import { answers, type AnswerName } from '../../src/azure/answers/answers.ts'
import { assignment } from '../../src/azure/answers/policy.ts'
import { facts } from '../contract/facts.ts'
import { sampleOf, variationsOf, type Variation } from './optional.ts'

/**
 * What need not be in an answer by Azure's published definitions (facts.json names file and commit of each), and what no decision
 * can be made without. Each is a place and why; whatever is not here may be absent, null or another word.
 */
const needed: readonly (readonly [place: RegExp, why: string])[] = [
  [/^\/value$/, 'a list without its list is none'],
  [/^(\/value\/0)?\/(id|name|kid|key|location)$/, 'a thing that is not known by its name or place cannot be judged'],
  [
    /^(\/value\/0)?(\/properties)?\/(properties|attributes|registrationDefinition)$/,
    'all that is read of it is in there'
  ],
  [
    /\/registrationDefinition\/(properties|properties\/(managedByTenantId|authorizations))$/,
    'to whom what is delegated'
  ],
  [/^\/(tenantId|state)$/, 'of a subscription: R7, R8'],
  [/^\/properties\/state$/, 'of a registration: R20, R26'],
  [/^\/(registrationState|resourceTypes)$/, 'of a provider: its state, and the regions that the subscription may use'],
  [/^\/value\/0\/properties\/(scope|roleDefinitionId|principalId)$/, 'who may do what where: R34, R35'],
  [
    /\/properties\/(permissions|permissions\/0\/actions)$/,
    'a role that does not say what it permits may permit anything'
  ],
  [/^\/value\/0\/properties\/source$/, 'whose events a topic has'],
  [/^\/nameAvailable$/, 'all that is asked'],
  [/^\/key\/(kid|kty|key_ops)$/, 'R40, R41'],
  [
    /^(\/value\/0)?\/attributes\/(enabled|created|updated|recoveryLevel)$/,
    'R42, R44, and whether a backup is of the newest (R45)'
  ],
  [/^\/lifetimeActions\/0\/(action|action\/type)$/, 'whether a key rotates: R42'],
  [/^\/value$/, 'a backup']
]

const names = Object.keys(answers).filter((name): name is AnswerName => name in answers)

/** The type of the answer by Azure's published definition. */
function typeOf(name: AnswerName): string | undefined {
  const found = Object.entries(facts.operations).find(([operation]) => operation.split(' ')[1] === name)
  const [, type] = Object.entries(found?.[1].answers ?? {}).find(([status]) => Number(status) < 300) ?? []
  const isJson = type !== undefined && !['nothing', 'bytes'].includes(type) && !name.startsWith('container.')
  return isJson ? type : undefined
}

const typed = names.flatMap((name) => {
  const type = typeOf(name)
  return type === undefined ? [] : [{ name, type }]
})

describe.for(typed)('$name', ({ name, type }) => {
  const read = (answer: unknown) => answers[name].safeParse(answer)

  test('is read without what need not be there, and with words that nobody knows yet', () => {
    const refused = variationsOf(facts, type).filter(({ answer }) => !read(answer).success)
    expect(refused.filter((each) => !isNeeded(each)).map(({ place, how }) => `${place} ${how}`)).toEqual([])
  })

  test('means the same in whatever capitals its words come', () => {
    if (name.startsWith('policy')) return // each of a list is held to its own shape later: assignment below
    const whole = read(sampleOf(facts, type)).data
    const other = variationsOf(facts, type).filter(({ how, answer }) => {
      return how.endsWith('letters') && JSON.stringify(read(answer).data) !== JSON.stringify(whole)
    })
    expect(other.map(({ place, how }) => `${place} ${how}`)).toEqual([])
  })
})

const isNeeded = ({ place, how }: Variation): boolean =>
  ['absent', 'null'].includes(how) && needed.some(([each]) => each.test(place))

test.for(['DoNotEnforce', 'donotenforce', 'DONOTENFORCE'])(
  'an assignment that is not enforced (%s) is none',
  (word) => {
    const properties = { policyDefinitionId: 'some', enforcementMode: word }
    expect(assignment.parse({ id: 'some', properties }).properties.enforcementMode).toBe('DoNotEnforce')
  }
)

// Graph says null of whatever it has nothing to say of: https://learn.microsoft.com/graph/api/resources/subscribedsku
test.for([
  { skuPartNumber: 'SPE_E5', capabilityStatus: null, prepaidUnits: null, servicePlans: null },
  { skuPartNumber: 'SPE_E5' },
  { skuPartNumber: 'SPE_E5', capabilityStatus: 'enabled', prepaidUnits: { enabled: null }, servicePlans: [] },
  { skuPartNumber: 'SPE_E5', servicePlans: [{ servicePlanId: 'p', provisioningStatus: null }] }
])('a licence of which Graph says no more than %j is read', (sku) => {
  expect(answers['subscribedSkus.list'].safeParse({ value: [sku] }).success).toBe(true)
})

// A registration that nobody has approved yet: https://learn.microsoft.com/rest/api/resources/subscription-feature-registrations/get
test.for([
  null,
  {},
  { approvedTime: '', approver: '' },
  { ApprovedTime: null, Approver: null },
  { approvedTime: 'soon' },
  undefined
])('a registration with the profile %j is one of which no approval is told', (authorizationProfile) => {
  const { data } = answers['subscriptionFeatureRegistrations.get'].safeParse({
    id: 'some',
    properties: { authorizationProfile }
  })
  expect(data?.properties?.authorizationProfile ?? undefined).toBeUndefined()
  expect(data).toBeDefined()
})
