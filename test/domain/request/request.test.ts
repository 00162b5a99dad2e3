import { describe, expect, test } from 'vitest'
import { choicesOf } from '../../../src/domain/terms/choices.ts'
import { parseRequest } from '../../../src/domain/request/request.ts'
import { parsed, sample, threeWorkloads, type RawRequest } from '../examples.ts'
import { matching } from '../matching.ts'

/** What a spoiled request is told, by path. */
function faultsAfter(spoil: (request: RawRequest) => void): Record<string, string> {
  const request = threeWorkloads()
  spoil(request)
  const result = parseRequest(request)
  return result.ok ? {} : Object.fromEntries(result.faults.map(({ path, message }) => [path, message]))
}

const subscription = (request: RawRequest, index: number): Record<string, unknown> => request.subscriptions[index] ?? {}

const policy = (request: RawRequest, index: number): Record<string, unknown> => request.policies[index] ?? {}

describe('a sound request', () => {
  test.each(['one-workload', 'three-workloads', 'fifty-exchange-policies'])('%s of the samples is taken', (name) => {
    expect(parseRequest(sample(name)).ok).toBe(true)
  })

  test('has keys of 2048 bits unless it says otherwise', () => {
    expect(parsed(threeWorkloads()).keySize).toBe(2048)
    expect(parsed({ ...threeWorkloads(), keySize: 4096 }).keySize).toBe(4096)
  })

  test('comes out with people, domain, regions and GUIDs in lower case', () => {
    const request = threeWorkloads()
    subscription(request, 0)['operators'] = ['Alice@Contoso.com']
    subscription(request, 0)['region'] = 'WestUS2'
    subscription(request, 0)['id'] = '8D1C6A3E-0B7F-4C55-9A51-3F2F6F0E7A02'
    request.organization['domain'] = 'Contoso.OnMicrosoft.com'
    const { subscriptions, organization } = parsed(request)
    expect(subscriptions[0]).toMatchObject({
      operators: ['alice@contoso.com'],
      region: 'westus2',
      id: '8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02'
    })
    expect(organization.domain).toBe('contoso.onmicrosoft.com')
  })

  test('may name groups by object id among its people', () => {
    const request = threeWorkloads()
    subscription(request, 0)['operators'] = ['0D6FB1A2-3C4D-4E5F-8A9B-0C1D2E3F4A5B', 'alice@contoso.com']
    expect(parsed(request).subscriptions[0]?.operators).toEqual([
      '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b',
      'alice@contoso.com'
    ])
  })

  test('may name its subscriptions in either order', () => {
    const request = threeWorkloads()
    request.subscriptions.reverse()
    expect(parseRequest(request).ok).toBe(true)
  })

  test('may give a policy regions and vault names of its own', () => {
    const request = threeWorkloads()
    policy(request, 0)['scope'] = 'EUR'
    policy(request, 0)['regions'] = ['northeurope', 'westeurope']
    policy(request, 0)['vaultNames'] = ['EuropeKeys1', 'EuropeKeys2']
    expect(parsed(request).policies[0]).toMatchObject({
      regions: ['northeurope', 'westeurope'],
      vaultNames: ['EuropeKeys1', 'EuropeKeys2']
    })
  })
})

describe('a fault is found at its own path', () => {
  test.each<[string, (request: RawRequest) => void, string, RegExp]>([
    [
      'a subscription named twice, whatever its case',
      (request) => {
        subscription(request, 1)['id'] = String(subscription(request, 0)['id']).toUpperCase()
      },
      '/subscriptions/1/id',
      /named twice.*name another/
    ],
    [
      'a third subscription',
      (request) => {
        request.subscriptions.push({ ...subscription(request, 1), slot: 2 })
      },
      '/subscriptions',
      /3 subscriptions.*exactly two/
    ],
    ['a subscription too few', (request) => request.subscriptions.pop(), '/subscriptions', /exactly two/],
    [
      'a slot taken twice',
      (request) => {
        subscription(request, 1)['slot'] = 1
      },
      '/subscriptions/1/slot',
      /Slot 1 is taken/
    ],
    [
      'a slot that is none',
      (request) => {
        subscription(request, 1)['slot'] = 3
      },
      '/subscriptions/1/slot',
      /3 is not a slot/
    ],
    [
      'no operator',
      (request) => {
        subscription(request, 0)['operators'] = []
      },
      '/subscriptions/0/operators',
      /empty.*at least one/
    ],
    [
      'the same operator in both slots, whatever its case',
      (request) => {
        subscription(request, 1)['operators'] = ['bob@contoso.com', 'ALICE@contoso.com']
      },
      '/subscriptions/1/operators/1',
      /alice@contoso.com is named in both/
    ],
    [
      'an operator of one slot as administrator of the other',
      (request) => {
        subscription(request, 1)['administrators'] = ['alice@contoso.com']
      },
      '/subscriptions/1/administrators/0',
      /alice@contoso.com is named in both/
    ],
    [
      'an operator that is no user principal name',
      (request) => {
        subscription(request, 0)['operators'] = ['Alice <alice@contoso.com>']
      },
      '/subscriptions/0/operators/0',
      /not a user principal name/
    ],
    [
      'both subscriptions in one region',
      (request) => {
        subscription(request, 1)['region'] = 'WESTUS2'
      },
      '/subscriptions/1/region',
      /two different regions/
    ],
    [
      'a policy with one region twice',
      (request) => {
        policy(request, 0)['regions'] = ['westus2', 'WestUS2']
      },
      '/policies/0/regions/1',
      /two different regions/
    ],
    [
      'subscriptions in two parts of the world',
      (request) => {
        subscription(request, 1)['region'] = 'westeurope'
      },
      '/subscriptions/1/region',
      /westus2 lies in North America and westeurope in Europe/
    ],
    [
      'a policy whose regions are not where its scope is',
      (request) => {
        policy(request, 0)['regions'] = ['uksouth', 'ukwest']
      },
      '/policies/0/regions/1',
      /ukwest must lie in North America, where scope NA is/
    ],
    [
      'a scope that is a country the regions are not in',
      (request) => {
        policy(request, 1)['scope'] = 'can'
      },
      '/policies/1/scope',
      /westus2 and eastus2 must lie in Canada, where scope can is/
    ],
    [
      'a policy with one region',
      (request) => {
        policy(request, 0)['regions'] = ['westus2']
      },
      '/policies/0/regions',
      /Give two/
    ],
    [
      'an unknown workload',
      (request) => {
        policy(request, 1)['workload'] = 'teams'
      },
      '/policies/1/workload',
      /"teams" is not a workload.*exchange, sharepoint, multi-workload/
    ],
    [
      'a scope with a hyphen',
      (request) => {
        policy(request, 1)['scope'] = 'N-A'
      },
      '/policies/1/scope',
      /not a scope/
    ],
    [
      'a scope of the multi-workload policy',
      (request) => {
        policy(request, 2)['scope'] = 'NA'
      },
      '/policies/2/scope',
      /has no scope/
    ],
    [
      'a scope used twice, whatever its case',
      (request) => {
        request.policies.push({ workload: 'exchange', scope: 'na' })
      },
      '/policies/3',
      /exchange\/NA is named twice/
    ],
    [
      'a second multi-workload policy, even under a scope',
      (request) => {
        request.policies.push({ workload: 'multi-workload', scope: 'NA' })
      },
      '/policies/3',
      /named twice/
    ],
    [
      'no policy',
      (request) => {
        request.policies = []
      },
      '/policies',
      /no policy/
    ],
    [
      'a key size Azure does not make',
      (request) => {
        request['keySize'] = 1024
      },
      '/keySize',
      /1024 is not a key size/
    ],
    [
      'an id with capital letters',
      (request) => {
        request['id'] = 'Contoso'
      },
      '/id',
      /lower-case/
    ],
    [
      'a domain with a space',
      (request) => {
        request.organization['domain'] = 'contoso .com'
      },
      '/organization/domain',
      /not a domain name/
    ],
    [
      'a tenant that is no GUID',
      (request) => {
        request.organization['tenantId'] = 'contoso'
      },
      '/organization/tenantId',
      /not a GUID/
    ],
    [
      'a field nobody knows, with the slash in its name escaped',
      (request) => {
        policy(request, 0)['sco/pe'] = 'NA'
      },
      '/policies/0/sco~1pe',
      /not a field/
    ],
    [
      'a field that is missing',
      (request) => {
        delete request['id']
      },
      '/id',
      /missing/
    ],
    [
      'a value of the wrong type',
      (request) => {
        request['policies'] = {} as never
      },
      '/policies',
      /not an array/
    ]
  ])('%s', (_title, spoil, path, message) => {
    expect(faultsAfter(spoil)[path]).toMatch(message)
  })

  test.each([null, [], 'text', 7, true])('a body that is %j is one fault of the whole document', (body) => {
    expect(parseRequest(body)).toMatchObject({ ok: false, faults: [{ path: '' }] })
  })
})

describe('vault names', () => {
  test('that become too long are a fault naming the longest prefix that fits', () => {
    expect(
      faultsAfter((request) => {
        request['namePrefix'] = 'Contosos'
      })['/namePrefix']
    ).toMatch(/Contosos-CK-EX-NA-VaultA1 has 25 characters.*longest prefix that fits has 7.*Contoso:/)
  })

  test('with two hyphens in a row are a fault of the prefix', () => {
    expect(
      faultsAfter((request) => {
        request['namePrefix'] = 'Con-'
      })['/namePrefix']
    ).toMatch(/two hyphens in a row/)
  })

  test('are not called too long for a scope that should not be there', () => {
    expect(
      Object.keys(
        faultsAfter((request) => {
          policy(request, 2)['scope'] = 'Everyone'
        })
      )
    ).toEqual(['/policies/2/scope'])
  })

  test('of a policy that names its own do not depend on the prefix', () => {
    const request = sample('one-workload')
    request['namePrefix'] = 'AVeryLongPrefixIndeed'
    policy(request, 0)['vaultNames'] = ['Keys-1', 'Keys-2']
    expect(parseRequest(request).ok).toBe(true)
  })

  test.each([
    ['ab', /has 2 characters/],
    ['a123456789012345678901234', /has 25 characters/],
    ['a--b', /two hyphens/],
    ['1abc', /begin with a letter/],
    ['abc-', /does not end/],
    ['a_bc', /characters other than/]
  ])('given as %s are a fault', (name, message) => {
    expect(
      faultsAfter((request) => {
        policy(request, 0)['vaultNames'] = ['Keys-1', name]
      })['/policies/0/vaultNames/1']
    ).toMatch(message)
  })

  test('used twice are a fault, whatever their case', () => {
    expect(
      faultsAfter((request) => {
        policy(request, 0)['vaultNames'] = ['Keys-1', 'keys-1']
      })['/policies/0/vaultNames/1']
    ).toMatch(/used twice/)
  })

  test('that another policy’s vault will have are a fault', () => {
    expect(
      faultsAfter((request) => {
        policy(request, 0)['vaultNames'] = ['contoso-ck-sp-na-vaulta1', 'Keys-2']
      })['/policies/0/vaultNames/0']
    ).toMatch(/used twice/)
  })
})

describe('the limits of Microsoft', () => {
  const exchange = (count: number): Record<string, unknown>[] =>
    Array.from({ length: count }, (_, index) => ({ workload: 'exchange', scope: `P${index}` }))

  test('allow fifty Exchange policies', () => {
    expect(parseRequest({ ...threeWorkloads(), namePrefix: 'Ct', policies: exchange(50) }).ok).toBe(true)
  })

  test('do not allow fifty-one', () => {
    expect(
      faultsAfter((request) => {
        request['namePrefix'] = 'Ct'
        request.policies = exchange(51)
      })
    ).toEqual({ '/policies': matching(/51 exchange policies.*allows 50/) })
  })

  const sharePoint = (...scopes: string[]): Record<string, unknown>[] =>
    scopes.map((scope) => ({ workload: 'sharepoint', scope }))

  test('allow one SharePoint policy in each geography', () => {
    const policies = [
      { workload: 'sharepoint', scope: 'NAM' },
      { workload: 'sharepoint', scope: 'EUR', regions: ['westeurope', 'northeurope'] },
      { workload: 'sharepoint', scope: 'GBR', regions: ['uksouth', 'ukwest'] }
    ]
    expect(parseRequest({ ...threeWorkloads(), namePrefix: 'Ct', policies })).toMatchObject({ ok: true })
  })

  test.each([
    ['the same code twice', ['NAM', 'nam'], '/policies/1', /sharepoint\/NAM is named twice/],
    ['two codes of one geography', ['NA', 'NAM'], '/policies/1/scope', /one policy per geography.*North America/],
    ['the code of its country', ['NA', 'USA'], '/policies/1/scope', /one policy per geography.*North America/]
  ] as const)('do not allow two SharePoint policies in one geography, under %s', (_title, scopes, path, message) => {
    const faults = faultsAfter((request) => {
      request['namePrefix'] = 'Ct'
      request.policies = sharePoint(...scopes)
    })
    expect(faults).toEqual({ [path]: matching(message) })
  })

  test('allow two Exchange policies in one geography: they are of mailboxes', () => {
    const policies = [
      { workload: 'exchange', scope: 'NA' },
      { workload: 'exchange', scope: 'NAM' }
    ]
    expect(parseRequest({ ...threeWorkloads(), namePrefix: 'Ct', policies })).toMatchObject({ ok: true })
  })

  test('allow one multi-workload policy, and no second one', () => {
    const one = [{ workload: 'multi-workload' }]
    expect(parseRequest({ ...threeWorkloads(), policies: one })).toMatchObject({ ok: true })
    expect(
      faultsAfter((request) => {
        request.policies = [...one, ...one]
      })
    ).toEqual({ '/policies/1': matching(/Policy multi-workload is named twice/) })
  })
})

describe('the purpose', () => {
  test('is production with Premium vaults where nothing else is said, and a test may have Standard ones', () => {
    expect(choicesOf(parsed(threeWorkloads()))).toMatchObject({ purpose: 'production', sku: 'premium' })
    expect(choicesOf(parsed({ ...threeWorkloads(), purpose: 'test' }))).toMatchObject({
      purpose: 'test',
      sku: 'premium'
    })
    expect(choicesOf(parsed({ ...threeWorkloads(), purpose: 'test', sku: 'standard' }))).toMatchObject({
      purpose: 'test',
      sku: 'standard'
    })
  })

  test.each([undefined, 'production', 'fun'])('%s has no Standard vaults', (purpose) => {
    expect(faultsAfter((request) => Object.assign(request, { purpose, sku: 'standard' }))).toMatchObject({
      '/sku': matching(/^Keys for production live in Premium vaults.*purpose "test"\.$/)
    })
  })

  test('is one of two words, as the SKU is', () => {
    expect(faultsAfter((request) => Object.assign(request, { purpose: 'fun', sku: 'free' }))).toEqual({
      '/purpose': '"fun" is not a purpose. Use production or test.',
      '/sku': '"free" is not a SKU of key vaults. Use premium or standard.'
    })
  })
})

describe('keys', () => {
  test('are made by the app where nothing else is said, or imported', () => {
    expect(choicesOf(parsed(threeWorkloads())).keys).toBe('created')
    expect(choicesOf(parsed({ ...threeWorkloads(), keys: 'imported' })).keys).toBe('imported')
    expect(faultsAfter((request) => Object.assign(request, { keys: 'found' }))).toEqual({
      '/keys': '"found" is not a way keys come to be. Use created or imported.'
    })
  })
})

test('vaults are guarded by access policies where nothing else is said, or by Azure RBAC', () => {
  expect(choicesOf(parsed(threeWorkloads())).authorization).toBe('access-policies')
  expect(choicesOf(parsed({ ...threeWorkloads(), authorization: 'rbac' })).authorization).toBe('rbac')
  expect(faultsAfter((request) => Object.assign(request, { authorization: 'acl' }))).toEqual({
    '/authorization': '"acl" is not a way vaults are guarded. Use access-policies or rbac.'
  })
})

describe('all faults at once', () => {
  test('rules between fields look at what is sound while other fields are not', () => {
    const faults = faultsAfter((request) => {
      delete request['id']
      request.organization['domain'] = 7
      subscription(request, 0)['region'] = 'West US'
      subscription(request, 1)['operators'] = ['alice@contoso.com', 'nobody']
      request.subscriptions.push({ slot: 9 })
      request.policies.push({ workload: 'exchange', scope: 'NA' })
      request['namePrefix'] = 'TooLongAPrefix'
    })
    expect(Object.keys(faults).sort()).toEqual([
      '/id',
      '/namePrefix',
      '/organization/domain',
      '/policies/3',
      '/subscriptions',
      '/subscriptions/0/region',
      '/subscriptions/1/operators/0',
      '/subscriptions/1/operators/1',
      '/subscriptions/2/id',
      '/subscriptions/2/operators',
      '/subscriptions/2/region',
      '/subscriptions/2/slot'
    ])
  })

  test('every message ends by saying what to do', () => {
    const faults = faultsAfter((request) => {
      request['id'] = ''
      request['extra'] = 1
      request['keySize'] = 'big'
      subscription(request, 0)['operators'] = 'alice@contoso.com'
    })
    expect(Object.keys(faults)).toHaveLength(4)
    for (const message of Object.values(faults)) {
      expect(message).toMatch(/(Correct it|Remove it or .*|Use .*|Replace it)\.$/)
    }
  })

  test('a list of a hundred thousand empty objects costs one fault', () => {
    const result = parseRequest({ ...threeWorkloads(), subscriptions: Array.from({ length: 100_000 }, () => ({})) })
    const message = matching(/Shorten/)
    expect(result).toMatchObject({ ok: false, faults: [{ path: '/subscriptions', message }] })
  })
})
