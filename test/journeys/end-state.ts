import { expect } from 'vitest'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { evidenceIn, keptAzure } from './kept-azure.ts'
import type { Report } from './rehearsal-process.ts'

const aliases = ['exock@microsoft.com', 'spock@microsoft.com', 'm365-ck@service.microsoft.com']

/** What is mailed of a minute: which one, and how many minutes, depends on how fast people answer. */
const ofAMinute = /: (what you said|not taken: what you said|\d+ parts? of the onboarding taken over)/

/**
 * What an onboarding leaves behind, without what Azure chooses (versions, digests of backups), when things happened,
 * and how often somebody looked: the same after any number of crashes.
 */
export function endState({
  outcome,
  planDigest,
  findings,
  tasks,
  emails,
  vaults,
  requirements,
  steps
}: Report): object {
  return {
    outcome,
    planDigest,
    findings,
    tasks,
    mails: emails
      .map(({ to, subject }) => `${to} · ${subject}`)
      .filter((mail) => !ofAMinute.test(mail))
      .sort(),
    vaults: vaults.map(
      ({ name, slot, subscriptionId, workload, region, sku, recoveryLevel, keyIdVersionless, keyVersions }) => ({
        name,
        slot,
        subscriptionId,
        workload,
        region,
        sku,
        recoveryLevel,
        keyIdVersionless,
        keyVersions
      })
    ),
    requirements: requirements.map(({ id, status, task, answeredBy }) => ({ id, status, task, answeredBy })),
    steps: steps.map(({ step, detail }) => `${step}: ${detail}`)
  }
}

/** Nothing was done twice, and nothing is missing. */
export async function expectSound(report: Report, kept: string, request: OnboardingRequest): Promise<void> {
  expect(report.outcome).toBe('completed')
  expect(report.vaults.map((vault) => vault.keyVersions)).toEqual(request.policies.flatMap(() => [1, 1]))
  for (const alias of aliases) {
    const mails = report.emails.filter((mail) => mail.to.includes(alias) && mail.subject.startsWith('Customer Key for'))
    expect([alias, mails.length]).toEqual([alias, workloadsOf(request).includes(alias) ? 1 : 0])
  }
  expect(report.requirements.filter((each) => each.status === 'not proved')).toEqual([])
  const azure = await keptAzure(kept, request)
  try {
    const evidence = await evidenceIn(azure, report)
    expect(report.requirements.flatMap((each) => each.evidence).filter((id) => !evidence.has(id))).toEqual([])
    expect([...evidence].filter(([, { call }]) => !azure.journal.has(call.requestId))).toEqual([])
    for (const { slot, backup } of report.vaults) {
      const [container = '', ...blob] = decodeURIComponent(new URL(backup.url).pathname).slice(1).split('/')
      expect(
        await azure.readBlob(azure.seed.storage.slots[slot - 1]?.name ?? '', container, blob.join('/'))
      ).toBeDefined()
    }
  } finally {
    await azure.stop()
  }
}

function workloadsOf({ policies }: OnboardingRequest): string[] {
  const byWorkload = {
    exchange: 'exock@microsoft.com',
    sharepoint: 'spock@microsoft.com',
    'multi-workload': 'm365-ck@service.microsoft.com'
  }
  return policies.map(({ workload }) => byWorkload[workload])
}
