/** What an answer said, as far as a rule of the article turns on it: by name, as Azure has it. */
export type Decisive = Readonly<Record<string, unknown>>

/** Where in an answer it stands. A public modulus is kept as its number of bits. */
const places: Readonly<Record<string, readonly string[]>> = {
  'subscriptions.get': ['state', 'tenantId', 'subscriptionPolicies.quotaId', 'subscriptionPolicies.spendingLimit'],
  'features.get': ['properties.state'],
  'providers.get': ['registrationState'],
  'servicePrincipals.get': ['id', 'accountEnabled'],
  'vaults.get': [
    'id',
    'name',
    'location',
    'properties.tenantId',
    'properties.sku.name',
    'properties.provisioningState',
    'properties.enableSoftDelete',
    'properties.softDeleteRetentionInDays',
    'properties.enablePurgeProtection',
    'properties.enableRbacAuthorization'
  ],
  'keys.get': [
    'key.kid',
    'key.kty',
    'key.n',
    'key.key_ops',
    'attributes.enabled',
    'attributes.exp',
    'attributes.nbf',
    'attributes.recoveryLevel',
    'attributes.recoverableDays'
  ]
}

/** Lists whose entries are as a read of one alone would show them: of each the same is kept, under `value`. */
const lists: Readonly<Record<string, string>> = { 'vaults.listBySubscription': 'vaults.get' }

/** Of an answer that gave something; undefined where nothing of it is kept. */
export function decisiveOf(
  operation: string,
  { status, json }: { readonly status: number; readonly json?: unknown }
): Decisive | undefined {
  const one = lists[operation]
  const kept = places[one ?? operation]
  if (kept === undefined || status !== 200) return undefined
  if (one === undefined) return keptOf(json, kept)
  const listed = at(json, 'value')
  return { value: Array.isArray(listed) ? listed.map((each) => keptOf(each, kept)) : [] }
}

const keptOf = (json: unknown, kept: readonly string[]): Decisive =>
  Object.fromEntries(kept.map((place) => [place, place === 'key.n' ? bitsOf(at(json, place)) : at(json, place)]))

function at(json: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((within, part) => (isObject(within) ? within[part] : undefined), json)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const bitsOf = (modulus: unknown): number | undefined =>
  typeof modulus === 'string' ? Buffer.from(modulus, 'base64url').length * 8 : undefined
