import { expect, test } from 'vitest'
import { readConfig } from '../../src/config/read-config.ts'
import { seedFor, settingsFor } from '../../local/azure/seed.ts'
import { request } from '../local/azure/arm/request.ts'
import { withFakeAz } from './fake-az.ts'

const script = 'infra/event-endpoint.sh'
const subscription = { AZURE_SUBSCRIPTION_ID: 'third' }

test('the app is told its webhook with its key, which is in no argument and nothing that is printed', () => {
  const az = withFakeAz(
    (said) =>
      ({ 'functionapp keys': 'secret-4711', 'functionapp show': 'func-contoso-ck.azurewebsites.net' })[
        said.slice(0, 2).join(' ')
      ] ?? ''
  )
  const { status, stdout, stderr } = az.run(script, ['func-contoso-ck', 'rg-contoso-ck-app'], subscription)
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toBe(
    'CKEY_EVENT_ENDPOINT is set on func-contoso-ck: Event Grid will reach it at ' +
      'https://func-contoso-ck.azurewebsites.net/runtime/webhooks/EventGrid\n'
  )
  expect(
    az
      .calls()
      .flatMap(({ said }) => said)
      .join(' ')
  ).not.toContain('4711')
  const [set = ''] =
    az
      .calls()
      .at(-1)
      ?.whole.filter((each) => each.startsWith('[')) ?? []
  const [{ name, value }] = JSON.parse(set) as [{ name: string; value: string }]
  const settings = { ...settingsFor(seedFor(request)), [name]: value }
  expect(readConfig(settings).events?.endpoint).toBe(
    'https://func-contoso-ck.azurewebsites.net/runtime/webhooks/EventGrid?functionName=key-event&code=secret-4711'
  )
})

test('every call names the app’s subscription: az may be set to a slot’s', () => {
  const az = withFakeAz((said) => ({ keys: 'secret-4711', show: 'host' })[said[1] ?? ''] ?? '')
  az.run(script, ['func', 'rg'], { AZURE_SUBSCRIPTION_ID: 'third' })
  const told = az.calls().map(({ said }) => said[said.indexOf('--subscription') + 1])
  expect(told).toEqual(['third', 'third', 'third'])
  const without = az.run(script, ['func', 'rg'], { AZURE_SUBSCRIPTION_ID: '' })
  expect([without.status === 0, without.stderr]).toEqual([false, expect.stringContaining('AZURE_SUBSCRIPTION_ID')])
  expect(az.calls()).toHaveLength(3)
})

test('azd says which app it is, and a key that comes late is waited for', () => {
  const az = withFakeAz((said, memory) => {
    if (said[1] === 'show') return 'host'
    if (said[1] !== 'keys') return ''
    memory['asked'] = Number(memory['asked'] ?? 0) + 1
    return memory['asked'] === 3 ? 'secret-4711' : ''
  })
  expect(az.run(script, [], { APP_NAME: 'func', AZURE_RESOURCE_GROUP: 'rg', ...subscription }).status).toBe(0)
  expect(az.calls().filter(({ said }) => said[1] === 'keys')).toHaveLength(3)
})

test('a host that refuses while it starts is asked again, and its refusals show only where it never starts', () => {
  const late = withFakeAz((said, memory) => {
    if (said[1] === 'show') return 'host'
    if (said[1] !== 'keys') return ''
    if (memory['refused'] === true) return 'secret-4711'
    memory['refused'] = true
    return ''
  })
  expect(late.run(script, ['func', 'rg'], subscription).status).toBe(0)
  const never = withFakeAz((said) => {
    if (said[1] !== 'keys') return ''
    process.stderr.write('Encountered an error (ServiceUnavailable) from host runtime.\n')
    return process.exit(1)
  })
  const { status, stderr } = never.run(script, ['func', 'rg'], subscription)
  expect([status, stderr]).toEqual([1, expect.stringContaining('(ServiceUnavailable) from host runtime')])
  expect(stderr.match(/ServiceUnavailable/g)).toHaveLength(1)
  expect(never.calls().length).toBeGreaterThan(10)
})

test('after a provisioning it looks once: it sets what was taken away, and leaves alone what was never deployed', () => {
  const started = withFakeAz((said) => ({ keys: 'secret-4711', show: 'host' })[said[1] ?? ''] ?? '')
  expect(started.run(script, ['--if-started', 'func', 'rg'], subscription).status).toBe(0)
  expect(started.calls().at(-1)?.said).toContain('appsettings')
  const fresh = withFakeAz(() => process.exit(1))
  const { status, stdout, stderr } = fresh.run(script, ['--if-started'], {
    APP_NAME: 'func',
    AZURE_RESOURCE_GROUP: 'rg',
    ...subscription
  })
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('is not set: func has no system key yet')
  expect(fresh.calls()).toHaveLength(1)
})

test('an app that never starts is no silent success', () => {
  const az = withFakeAz(() => '')
  const { status, stderr } = az.run(script, ['func', 'rg'], subscription)
  expect(status).toBe(1)
  expect(stderr).toContain('azd hooks run postdeploy')
  expect(az.calls().some(({ said }) => said.includes('set'))).toBe(false)
})
