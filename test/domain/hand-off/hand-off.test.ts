import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/domain/tasks/answers.ts'
import type { AnsweredTask } from '../../../src/domain/tasks/said.ts'
import { handOffMarkdown } from '../../../src/domain/hand-off/hand-off-markdown.ts'
import { handOff } from '../../../src/domain/hand-off/hand-off.ts'
import { personNamed, planOf, sample, threeWorkloads } from '../examples.ts'
import { matching } from '../matching.ts'
import { finished } from '../finished.ts'

const plan = planOf(threeWorkloads())
const facts = finished(plan)
const at = '2027-01-01T07:59:00.000Z'
const document = handOff({ plan, facts, at, banner: 'REHEARSAL' })
const [exchange, sharepoint, multiWorkload] = document.policies
const markdown = handOffMarkdown(document, 'America/Los_Angeles')

const linesOf = (policy = exchange): string[] => policy?.commands.flatMap(({ lines }) => lines) ?? []
const versionless = (vault: string): string => `https://${vault.toLowerCase()}.vault.azure.net/keys/${vault}-Key001`

describe('the hand-off', () => {
  test('holds both vaults of every policy, slot 1 first, whatever order they came in', () => {
    const shuffled = handOff({ plan, facts: { ...facts, vaults: [...facts.vaults].reverse() }, at })
    expect(shuffled.policies).toEqual(document.policies)
    expect(exchange?.vaults.map(({ vaultName }) => vaultName)).toEqual([
      'Contoso-CK-EX-NA-VaultA1',
      'Contoso-CK-EX-NA-VaultA2'
    ])
  })

  test('gives Exchange its policy by version-less key identifiers', () => {
    const keys = `'${versionless('Contoso-CK-EX-NA-VaultA1')}', '${versionless('Contoso-CK-EX-NA-VaultA2')}'`
    expect(linesOf()).toEqual([
      "$policy = 'CustomerKey-EX-NA'",
      `$keys = ${keys}`,
      'New-DataEncryptionPolicy -Name $policy -AzureKeyIDs $keys',
      "$mailbox = Read-Host -Prompt 'Mailbox to encrypt'",
      'Set-Mailbox -Identity $mailbox -DataEncryptionPolicy $policy',
      "$policy = 'CustomerKey-EX-NA'",
      "$user = Read-Host -Prompt 'Mail user to encrypt'",
      'Set-MailUser -Identity $user -DataEncryptionPolicy $policy',
      "$mailbox = Read-Host -Prompt 'Mailbox to look at'",
      'Get-MailboxStatistics -Identity $mailbox | Format-List -Property IsEncrypted, DataEncryptionPolicyID'
    ])
  })

  test('gives multiple workloads a policy assigned to all users', () => {
    const keys = `'${versionless('Contoso-CK-M365-VaultA1')}', '${versionless('Contoso-CK-M365-VaultA2')}'`
    expect(linesOf(multiWorkload).slice(0, 4)).toEqual([
      "$policy = 'CustomerKey-M365'",
      `$keys = ${keys}`,
      'New-M365DataAtRestEncryptionPolicy -Name $policy -AzureKeyIDs $keys',
      'Set-M365DataAtRestEncryptionPolicyAssignment -DataEncryptionPolicy $policy'
    ])
  })

  test('gives SharePoint vault, key and version apart', () => {
    const [first, second] = sharepoint?.vaults ?? []
    expect(linesOf(sharepoint)[0]).toBe(
      'Register-SPODataEncryptionPolicy ' +
        "-PrimaryKeyVaultName 'Contoso-CK-SP-NA-VaultA1' -PrimaryKeyName 'Contoso-CK-SP-NA-VaultA1-Key001' " +
        `-PrimaryKeyVersion '${first?.keyId.slice(-32)}' ` +
        "-SecondaryKeyVaultName 'Contoso-CK-SP-NA-VaultA2' -SecondaryKeyName 'Contoso-CK-SP-NA-VaultA2-Key001' " +
        `-SecondaryKeyVersion '${second?.keyId.slice(-32)}'`
    )
  })

  test('has Microsoft validate the pairs it can, without changing anything', () => {
    const [line] = multiWorkload?.validate?.lines ?? []
    const [one, two] = plan.slots
    expect(line?.split(' -')).toEqual([
      'New-CustomerKeyOnboardingRequest',
      `OrganizationId '${plan.organization.tenantId}'`,
      "Scenario 'MDEP'",
      `Subscription1 '${one.subscriptionId}'`,
      `KeyIdentifier1 '${versionless('Contoso-CK-M365-VaultA1')}'`,
      `Subscription2 '${two.subscriptionId}'`,
      `KeyIdentifier2 '${versionless('Contoso-CK-M365-VaultA2')}'`,
      "OnboardingMode 'Validate'"
    ])
    expect(sharepoint?.validate).toBeUndefined()
  })

  test('names who left, who took over, and on whose word', () => {
    const leaving = { leaves: 'alice@contoso.com', joins: 'anna@contoso.com', reason: 'Alice left | the company' }
    const answers: Answer[] = [
      ...facts.answers,
      {
        task: { kind: 'replace-operator', slot: 1 },
        by: 'bob@contoso.com',
        person: personNamed('bob@contoso.com'),
        at: '2026-11-30T23:42:00.000Z',
        answer: leaving
      }
    ]
    const changed = handOff({ plan, facts: { ...facts, answers }, at: '2026-11-30T23:42:00.000Z' })
    expect(changed.replacements).toMatchObject([{ task: 'replace-operator-1', by: 'bob@contoso.com', ...leaving }])
    expect(handOffMarkdown(changed)).toContain('anna@contoso.com took the place of alice@contoso.com; bob@contoso.com')
    expect(handOffMarkdown(changed)).toContain('Alice left \\| the company')
  })

  test('names what people did for single vaults, and nothing else that was answered in their branches', () => {
    const said = { by: 'bob@contoso.com', at: '2026-11-30T23:42:00.000Z' }
    const vaultAnswers: AnsweredTask[] = [
      { ...said, task: { kind: 'import-key', vault: 'contoso-ck-ex-na-vaulta2' } },
      { ...said, task: { kind: 'retry', code: 'vault-premium-contoso-ck-ex-na-vaulta2' } },
      { ...said, task: { kind: 'mend', code: 'key-expiry-contoso-ck-ex-na-vaulta2' } }
    ]
    const changed = handOff({ plan, facts: { ...facts, vaultAnswers }, at: said.at })
    expect(changed.vaultTasks).toEqual([
      { ...said, task: 'import-contoso-ck-ex-na-vaulta2' },
      { ...said, task: 'mend-key-expiry-contoso-ck-ex-na-vaulta2' }
    ])
  })

  test('names officers, approvals and where the offline copies are', () => {
    expect(document.officers.map(({ requestId }) => requestId)).toEqual(['FT-104230', 'FT-104231', 'FT-104232'])
    expect(document.approvals.map(({ by }) => by)).toEqual(['alice@contoso.com', 'bob@contoso.com'])
    expect(document.offlineCopies.map(({ location }) => location)).toEqual(['Safe 3 | Reno', 'Vault 9, Ohio'])
  })

  test('says of each offline copy which keys it was attested of, and names one attested again', () => {
    const backedUpAgain = facts.vaults.map((each) =>
      each.slot === 1 ? { ...each, backup: { ...each.backup, at: '2026-11-30T23:50:00.000Z' } } : each
    )
    const again = { slot: 1, by: 'carol@contoso.com', location: 'Safe 4', at: '2026-12-01T08:00:00.000Z' } as const
    const { offlineCopies, requirements } = handOff({
      plan,
      facts: { ...facts, vaults: backedUpAgain, laterCopies: [again] },
      at: again.at
    })
    const keysOf = (slot: number) => facts.vaults.filter((each) => each.slot === slot).map(({ keyId }) => keyId)
    expect(offlineCopies.map(({ task, covers }) => [task, covers])).toEqual([
      ['attest-offline-1', []],
      ['attest-offline-2', keysOf(2)],
      ['attest-offline-1', keysOf(1)]
    ])
    expect(requirements.find(({ id }) => id === 'R45')?.answeredBy).toBe(
      'alice@contoso.com, bob@contoso.com, carol@contoso.com'
    )
  })

  test('reports all requirements with the evidence and its digests', () => {
    expect(document.requirements).toHaveLength(47)
    expect(document.counts.notProved).toBe(0)
    expect(document.evidence).toEqual(facts.evidence)
  })

  test('tells how to recover, to refresh a policy after a roll, and to keep what is still read with', () => {
    expect(document.advice.watch.join()).toMatch(
      /Undo-AzKeyVaultKeyRemoval[\s\S]*Set-DataEncryptionPolicy -Identity \$policy -Refresh[\s\S]*Keep vaults and keys/
    )
    expect(document.advice.never.join()).toMatch(/roll a key by routine/)
  })

  test('warns of SharePoint only where there is SharePoint', () => {
    const single = planOf(sample('one-workload'))
    const { advice } = handOff({ plan: single, facts: finished(single), at })
    expect(document.advice.never.join()).toMatch(/SharePoint/)
    expect(advice.never.join()).not.toMatch(/SharePoint/)
  })

  test('of a test says what it let pass, and what the keys are not for', () => {
    const tested = planOf({ ...threeWorkloads(), purpose: 'test', sku: 'standard' })
    const { purpose, requirements, advice } = handOff({ plan: tested, facts: finished(tested), at })
    expect([document.purpose, purpose]).toEqual(['production', 'test'])
    const said = requirements.filter(({ id }) => id === 'R28' || id === 'R41').map(({ title }) => title)
    expect(said).toEqual([matching(/or Standard since this is a test/), matching(/since this is a test, in software/)])
    expect(document.requirements.filter(({ title }) => title.includes('test'))).toEqual([])
    expect(advice.never.join()).toMatch(/made for a test/)
  })

  test('is not written while a vault of a policy is missing', () => {
    const vaults = facts.vaults.slice(1)
    expect(() => handOff({ plan, facts: { ...facts, vaults }, at })).toThrow(/exchange\/NA has 1 /)
  })

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  })
})

test('what Microsoft answered stands among the people, with its reference number', () => {
  const [first] = facts.answers
  const said = { by: 'alice@contoso.com', person: personNamed('alice@contoso.com'), at }
  const answers = [
    ...(first ? [first] : []),
    { ...said, task: { kind: 'acknowledge' }, answer: { reference: 'case 4711' } },
    { ...said, task: { kind: 'microsoft-answered' }, answer: { outcome: 'ticket-opened', reference: 'SR-2 | x' } }
  ] as const
  const written = handOffMarkdown(handOff({ plan, facts: { ...facts, answers }, at }))
  expect(written).toMatch(/\n- acknowledge: Microsoft acknowledged, reference case 4711; alice@contoso\.com, /)
  expect(written).toMatch(/\n- microsoft-answered: A support request is open, reference SR-2 \\\| x; alice@/)
})

describe('the hand-off as Markdown', () => {
  test('begins with the banner of a rehearsal, and has none outside', () => {
    expect(markdown.split('\n')[0]).toBe('**REHEARSAL**')
    expect(handOffMarkdown(handOff({ plan, facts, at }))).toMatch(/^# Customer Key for contoso\.onmicrosoft\.com\n/)
  })

  test('shows both forms of every key identifier and every command', () => {
    for (const { vaults, commands, validate } of document.policies) {
      for (const { keyId, keyIdVersionless } of vaults) {
        expect(markdown).toContain(`\`${keyId}\``)
        expect(markdown).toContain('RSA-HSM on HSM platform 2 (FIPS 140-3 Level 3), Recoverable')
        expect(markdown).toContain(`\`${keyIdVersionless}\``)
      }
      for (const line of [...commands, ...(validate ? [validate] : [])].flatMap(({ lines }) => lines)) {
        expect(markdown).toContain(`\n${line}\n`)
      }
    }
  })

  test('dates by the zone’s own calendar, with the year', () => {
    expect(markdown).toContain('written Thu 31 Dec 23:59 2026 (America/Los_Angeles)')
  })

  test('takes what people wrote for text', () => {
    expect(markdown).toContain('Safe 3 \\| Reno')
  })

  test('has a row for each requirement and each batch of evidence', () => {
    expect(markdown.match(/^\| R\d+ \|/gm)).toHaveLength(47)
    for (const { name } of facts.evidence) expect(markdown).toContain(`| ${name} | slot-1 |`)
    for (const { sha256 } of facts.evidence) expect(markdown).toContain(sha256)
  })
})
