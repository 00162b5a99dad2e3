import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../src/config/read-config.ts'
import { settingNames } from '../../src/config/settings.ts'

const sample = JSON.parse(readFileSync('local.settings.sample.json', 'utf8')) as { Values: Record<string, string> }
const settings = sample.Values

describe('readConfig', () => {
  test('accepts the sample settings and fills in the defaults', () => {
    const config = readConfig(settings)
    expect(config.identities).toEqual({
      app: '00000000-0000-0000-0000-000000000001',
      'slot-1': '00000000-0000-0000-0000-000000000002',
      'slot-2': '00000000-0000-0000-0000-000000000003'
    })
    expect(config).toMatchObject({
      banner: undefined,
      calendar: { zone: 'America/Los_Angeles', extraHolidays: [], removedHolidays: [] },
      pollSchedule: '0 0 * * * *',
      slaBusinessDays: 5,
      callTimeoutSeconds: 20,
      retryDelayMs: 200,
      aliases: {}
    })
  })

  test('the sample names every setting there is', () => {
    expect(settingNames.filter((name) => !(name in settings))).toEqual([])
  })

  test('takes every optional setting that is given', () => {
    const config = readConfig({
      ...settings,
      CKEY_BANNER: 'REHEARSAL',
      CKEY_CALENDAR_ZONE: 'Europe/Madrid',
      CKEY_EXTRA_HOLIDAYS: '2026-12-24, 2026-12-31',
      CKEY_REMOVED_HOLIDAYS: '2026-10-12',
      CKEY_POLL_SCHEDULE: '0 */15 * * * *',
      CKEY_SLA_BUSINESS_DAYS: '7',
      CKEY_CALL_TIMEOUT_SECONDS: '5',
      CKEY_RETRY_DELAY_MS: '50',
      CKEY_TELEMETRY: 'on',
      APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=6c0f7a52-3f0e-4d0a-8a35-2f1a9c6f5b11',
      CKEY_ALIAS_EXCHANGE: 'ck@contoso.com'
    })
    expect(config).toMatchObject({
      banner: 'REHEARSAL',
      calendar: { zone: 'Europe/Madrid', extraHolidays: ['2026-12-24', '2026-12-31'], removedHolidays: ['2026-10-12'] },
      pollSchedule: '0 */15 * * * *',
      slaBusinessDays: 7,
      callTimeoutSeconds: 5,
      retryDelayMs: 50,
      insights: 'InstrumentationKey=6c0f7a52-3f0e-4d0a-8a35-2f1a9c6f5b11'
    })
    expect(config.aliases).toEqual({ exchange: 'ck@contoso.com' })
  })

  test('lists every missing setting at once', () => {
    expect(faultsOf({})).toEqual(
      [
        'CKEY_TENANT_ID',
        'CKEY_APP_CLIENT_ID',
        'CKEY_SIGN_IN_CLIENT_ID',
        'CKEY_SLOT1_CLIENT_ID',
        'CKEY_SLOT2_CLIENT_ID',
        'CKEY_RECORDS_STORE_URL',
        'CKEY_SLOT1_STORE_URL',
        'CKEY_SLOT2_STORE_URL',
        'CKEY_MAIL_ENDPOINT',
        'CKEY_MAIL_SENDER'
      ].map((setting) => `${setting}: is missing`)
    )
  })

  test.for([
    ['CKEY_APP_CLIENT_ID', 'me'],
    ['CKEY_SLOT1_STORE_URL', 'http://contosockslot1.blob.core.windows.net'],
    ['CKEY_SLOT1_STORE_URL', 'https://contosockslot1.blob.core.windows.net.example.com'],
    ['CKEY_MAIL_ENDPOINT', 'https://communication.azure.com'],
    ['CKEY_MAIL_SENDER', 'DoNotReply'],
    ['CKEY_BANNER', 'x'.repeat(41)],
    ['CKEY_CALENDAR_ZONE', 'Redmond'],
    ['CKEY_EXTRA_HOLIDAYS', '2026-02-30'],
    ['CKEY_EXTRA_HOLIDAYS', '24.12.2026'],
    ['CKEY_POLL_SCHEDULE', '0 * * * *'],
    ['CKEY_SLA_BUSINESS_DAYS', '0'],
    ['CKEY_SLA_BUSINESS_DAYS', '2.5'],
    ['CKEY_CALL_TIMEOUT_SECONDS', '121'],
    ['CKEY_ALIAS_SHAREPOINT', 'nobody']
  ] as const)('refuses %s = %s', ([setting, value]) => {
    const faults = faultsOf({ ...settings, [setting]: value })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(new RegExp(`^${setting}: must`))
  })

  test('sends telemetry only where it is turned on, and then must know where to', () => {
    const connection = {
      APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=6c0f7a52-3f0e-4d0a-8a35-2f1a9c6f5b11'
    }
    expect(readConfig({ ...settings, ...connection }).insights).toBeUndefined()
    const fault =
      'APPLICATIONINSIGHTS_CONNECTION_STRING: must be the connection string of an Application Insights; CKEY_TELEMETRY=on needs it'
    expect(faultsOf({ ...settings, CKEY_TELEMETRY: 'on' })).toEqual([fault])
    expect(
      faultsOf({ ...settings, CKEY_TELEMETRY: 'on', APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=mine' })
    ).toEqual([fault])
  })

  test('refuses one identity or one store in two places, however it is written', () => {
    expect(
      faultsOf({
        ...settings,
        CKEY_APP_CLIENT_ID: 'aaaaaaaa-0000-0000-0000-000000000001',
        CKEY_SLOT2_CLIENT_ID: 'AAAAAAAA-0000-0000-0000-000000000001',
        CKEY_SLOT2_STORE_URL: 'https://contosockslot1.blob.core.windows.net/'
      })
    ).toEqual([
      'CKEY_SLOT2_CLIENT_ID: must differ from CKEY_APP_CLIENT_ID',
      'CKEY_SLOT2_STORE_URL: must differ from CKEY_SLOT1_STORE_URL'
    ])
  })

  test.each([
    ['CKEY_CLOUD', 'AzureUSGovernment', 'Azure Government'],
    ['CKEY_CLOUD', 'azurechinacloud', '21Vianet'],
    ['CKEY_CLOUD', 'Elsewhere', 'Elsewhere'],
    ['CKEY_MAIL_ENDPOINT', 'https://ck.communication.azure.us', 'Azure Government'],
    ['CKEY_SLOT1_STORE_URL', 'https://ck1.blob.core.chinacloudapi.cn', '21Vianet']
  ])('refuses other clouds by name: %s = %s', (setting, value, name) => {
    const [fault] = faultsOf({ ...settings, [setting]: value })
    expect(fault).toContain(setting)
    expect(fault).toContain(name)
    expect(fault).toContain('AzureCloud only')
  })

  // What each plan sets: src/WebJobs.Script/Environment/EnvironmentExtensions.cs of Azure/azure-functions-host.
  const plans = [
    ['an App Service plan', { WEBSITE_INSTANCE_ID: 'x' }],
    ['Flex Consumption', { WEBSITE_POD_NAME: 'x', WEBSITE_SKU: 'FlexConsumption', LEGION_SERVICE_HOST: 'x' }],
    ['Flex Consumption, by its container', { CONTAINER_NAME: 'x', WEBSITE_HOSTNAME: 'ck.azurewebsites.net' }],
    ['a plan that tells its name alone', { WEBSITE_SITE_NAME: 'ck' }]
  ] as const

  test('a container on a laptop is not Azure, even where Core Tools run in it', () => {
    for (const host of ['', 'localhost:7071'])
      expect(readConfig({ ...settings, CONTAINER_NAME: 'x', WEBSITE_HOSTNAME: host }).signIn).toBe('none')
  })

  test.each(plans)('in Azure, on %s, does not start without the sign-in of the platform, unless told to', (_, plan) => {
    const inAzure = { ...settings, ...plan }
    expect(faultsOf(inAzure)).toEqual([expect.stringContaining('WEBSITE_AUTH_ENABLED: is not True')])
    expect(readConfig({ ...inAzure, WEBSITE_AUTH_ENABLED: 'True' }).signIn).toBe('platform')
    expect(readConfig({ ...inAzure, CKEY_ALLOW_NO_SIGN_IN: 'true' }).signIn).toBe('none')
    expect(readConfig(settings).signIn).toBe('none')
  })

  test.each(plans)('in Azure, on %s, takes no secret, and knows its address without being told', (_, plan) => {
    const inAzure = { ...settings, ...plan, WEBSITE_AUTH_ENABLED: 'True', WEBSITE_HOSTNAME: 'ck.azurewebsites.net' }
    expect(faultsOf({ ...inAzure, CKEY_SLOT1_CLIENT_SECRET: 's' })).toEqual([
      expect.stringContaining('for a laptop only')
    ])
    expect(readConfig(inAzure).appUrl).toBe('https://ck.azurewebsites.net')
    expect(readConfig({ ...inAzure, CKEY_APP_URL: 'https://ck.contoso.com' }).appUrl).toBe('https://ck.contoso.com')
  })

  test('takes a secret or a profile of the Azure CLI for each identity on a laptop, never in Azure, never twice', () => {
    const laptop = {
      ...settings,
      CKEY_SLOT1_CLIENT_SECRET: 's',
      CKEY_SLOT2_AZURE_CONFIG_DIR: '/p'
    }
    expect(readConfig(laptop).logins).toMatchObject({
      app: { kind: 'managed-identity' },
      'slot-1': { kind: 'service-principal', secret: 's' },
      'slot-2': { kind: 'azure-cli', profile: '/p' }
    })
    const inAzure = faultsOf({ ...laptop, WEBSITE_INSTANCE_ID: 'x', WEBSITE_AUTH_ENABLED: 'True' })
    expect(inAzure).toHaveLength(2)
    expect(inAzure[0]).toContain('for a laptop only')
    expect(faultsOf({ ...laptop, CKEY_SLOT1_AZURE_CONFIG_DIR: '/p' })).toEqual([
      'CKEY_SLOT2_AZURE_CONFIG_DIR: must differ from CKEY_SLOT1_AZURE_CONFIG_DIR'
    ])
  })

  const endpoint =
    'https://func-contoso-ck.azurewebsites.net/runtime/webhooks/EventGrid?functionName=key-event&code=secret-4711'
  const identityIn = (slot: number) =>
    `/subscriptions/00000000-0000-4000-8000-00000000000${slot}/resourceGroups/rg-contoso-ck-slot${slot}-store` +
    `/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-contoso-ck-dead-letters-${slot}`
  const withEvents = {
    ...settings,
    CKEY_EVENT_ENDPOINT: endpoint,
    CKEY_SLOT1_DEAD_LETTER_IDENTITY: identityIn(1),
    CKEY_SLOT2_DEAD_LETTER_IDENTITY: identityIn(2)
  }

  test('subscribes to events where it is told the webhook and who writes dead letters, beside each slot’s store', () => {
    expect(readConfig(settings).events).toBeUndefined()
    const { events } = readConfig(withEvents)
    expect(events?.endpoint).toBe(endpoint)
    expect(events?.deadLetters[2]).toEqual({
      identity: identityIn(2),
      store:
        '/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/rg-contoso-ck-slot2-store/providers/Microsoft.Storage/storageAccounts/contosockslot2'
    })
    expect(faultsOf({ ...settings, CKEY_EVENT_ENDPOINT: endpoint })).toEqual(
      [1, 2].map((slot) => `CKEY_SLOT${slot}_DEAD_LETTER_IDENTITY: is missing; CKEY_EVENT_ENDPOINT needs it`)
    )
    expect(faultsOf({ ...withEvents, CKEY_SLOT2_DEAD_LETTER_IDENTITY: identityIn(1) })).toEqual([
      'CKEY_SLOT2_DEAD_LETTER_IDENTITY: must differ from CKEY_SLOT1_DEAD_LETTER_IDENTITY'
    ])
  })

  test.each([
    ['CKEY_EVENT_ENDPOINT', endpoint.replace('https', 'http')],
    ['CKEY_EVENT_ENDPOINT', endpoint.replace('key-event', 'other')],
    ['CKEY_EVENT_ENDPOINT', 'https://contoso.com/hook?functionName=key-event&code=secret-4711'],
    ['CKEY_EVENT_ENDPOINT', 'secret-4711'],
    ['CKEY_EVENT_ENDPOINT', endpoint.replace(/&code.*/, '')],
    ['CKEY_SLOT1_DEAD_LETTER_IDENTITY', 'secret-4711']
  ])('refuses %s = %s without repeating it', (setting, value) => {
    const faults = faultsOf({ ...withEvents, [setting]: value })
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${setting}: must be the`))])
    expect(faults.join()).not.toContain('4711')
  })

  test('reports a repetition even when other settings are missing', () => {
    const { CKEY_MAIL_SENDER: _, ...rest } = settings
    expect(faultsOf({ ...rest, CKEY_SLOT2_CLIENT_ID: settings['CKEY_SLOT1_CLIENT_ID'] })).toEqual([
      'CKEY_MAIL_SENDER: is missing',
      'CKEY_SLOT2_CLIENT_ID: must differ from CKEY_SLOT1_CLIENT_ID'
    ])
  })
})

function faultsOf(environment: Record<string, string | undefined>): string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    expect(error.message).toContain(error.faults[0]?.setting)
    return error.faults.map(({ setting, message }) => `${setting}: ${message}`)
  }
}
