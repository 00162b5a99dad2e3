import { expect, test } from 'vitest'
import type { Fault } from '../../local/azure/core/faults.ts'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { operatorFor } from '../app/people.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'

const vault1 = 'fabri-ck-sp-eur-vaulta1'
const refusal = (fault: Pick<Fault, 'service' | 'operation' | 'status' | 'code'>): Fault => ({
  ...fault,
  kind: 'status',
  times: 'always'
})
const grid = { service: 'arm' } as const

/** As Azure answers where Event Grid is not to be had. */
const refusals: readonly [why: string, fault: Fault][] = [
  [
    'the handshake with the webhook fails',
    refusal({ ...grid, operation: 'eventSubscriptions.createOrUpdate', status: 400, code: 'InvalidRequest' })
  ],
  [
    'a policy forbids system topics',
    refusal({ ...grid, operation: 'systemTopics.createOrUpdate', status: 403, code: 'RequestDisallowedByPolicy' })
  ],
  [
    'the provider does not get registered',
    refusal({ ...grid, operation: 'systemTopics.createOrUpdate', status: 409, code: 'MissingSubscriptionRegistration' })
  ],
  [
    'nothing of it may be read',
    refusal({ ...grid, operation: 'systemTopics.listByResourceGroup', status: 403, code: 'AuthorizationFailed' })
  ],
  [
    'it does not answer at all',
    refusal({ ...grid, operation: 'systemTopics.listByResourceGroup', status: 503, code: 'ServiceUnavailable' })
  ]
]

test.each(refusals)(
  'where %s, vaults, keys and backups are made, and a person goes on without events',
  {
    timeout: 180_000
  },
  async (_, fault) => {
    const played = await play(oneWorkload())
    const { azure } = played.stage
    azure.faults.add(fault)
    await played.start()
    for (const vault of [vault1, 'fabri-ck-sp-eur-vaulta2']) {
      const isIts = ({ code }: { code: string }): boolean => /^events-/.test(code) && code.endsWith(vault)
      const { findings } = await played.until((view) => view.findings.some(isIts))
      const finding = findings.find(isIts) ?? expect.fail()
      expect(finding.overridable).toBe(true)
      expect(keysOf(azure.world).values().length).toBeGreaterThan(0)
      const reason = 'the sweep finds every change within minutes'
      expect(await played.answer(`override-${finding.code}`, operatorFor(vault), { reason })).toBe(202)
    }
    const { report, handOff } = await played.end()
    expect(report.outcome).toBe('completed')
    expect(handOff?.overrides.map(({ code }) => code.replace(/-fabri.*/, ''))).toHaveLength(2)
  }
)
