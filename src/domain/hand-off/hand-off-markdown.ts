import type { HandOff, HandOffPolicy } from './hand-off.ts'
import type { Command } from './policy-commands.ts'
import { countsInWords } from './requirement-report.ts'
import { dated, plain, requirementSection } from './requirement-section.ts'
import { hsmPlatformWords } from '../terms/hsm-platform.ts'
import { workloads } from '../terms/workloads.ts'

/** The hand-off as Markdown for people. `zone`: the IANA zone its moments are shown in, UTC by default. */
export function handOffMarkdown(handOff: HandOff, zone = 'UTC'): string {
  const sections = [
    heading(handOff, zone),
    ...handOff.policies.map(policySection),
    peopleSection(handOff, zone),
    listSection('Watch', handOff.advice.watch),
    listSection('Never', handOff.advice.never),
    requirementSection(handOff, zone),
    evidenceSection(handOff)
  ]
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

const heading = ({ organization, counts, ...rest }: HandOff, zone: string): string[] => [
  ...(rest.banner === undefined ? [] : [`**${rest.banner}**`, '']),
  `# Customer Key for ${organization.domain}`,
  '',
  `Onboarding ${rest.onboarding}, tenant ${organization.tenantId}, written ${dated(rest.writtenAt, zone)}.  `,
  `Plan ${rest.planDigest}.  `,
  `Requirements: ${countsInWords(counts)}.`
]

const policySection = ({ id, title, vaults, validate, commands }: HandOffPolicy): string[] => [
  `## ${id}`,
  '',
  `${title}. The keys of this policy:`,
  '',
  ...vaults.flatMap((vault) => [
    `- Slot ${vault.slot}: vault ${vault.vaultName} (${vault.region}, ${vault.sku}), ${vault.keyType}${platformOf(vault)}, ${vault.recoveryLevel}`,
    `  - with version: \`${vault.keyId}\``,
    `  - without: \`${vault.keyIdVersionless}\``,
    `  - backup: ${vault.backup.url}, SHA-256 ${vault.backup.sha256}, ${kept(vault.backup.immutableUntil)}`
  ]),
  ...[...(validate === undefined ? [] : [validate]), ...commands].flatMap(commandLines)
]

const platformOf = ({ hsmPlatform }: HandOffPolicy['vaults'][number]): string =>
  hsmPlatform === undefined ? '' : ` on ${hsmPlatformWords(hsmPlatform)}`

/** Where the configuration says that the store holds no immutability, whoever reads this must know. */
const kept = (until: string): string =>
  until === '' ? 'NOT immutable (CKEY_IMMUTABILITY=not-available)' : `immutable until ${until}`

const commandLines = ({ purpose, lines }: Command): string[] => [
  '',
  `${purpose}:`,
  '',
  '```powershell',
  ...lines,
  '```'
]

const peopleSection = (handOff: HandOff, zone: string): string[] => [
  '## People',
  '',
  ...handOff.officers.map(
    ({ workload, requestId, officers, signedInAs, chosenOffer, submittedBy, at }) =>
      `- ${workloads[workload].title}: FastTrack request ${requestId}; officers ` +
      officers.map(({ name, email }) => `${plain(name)} (${email})`).join(', ') +
      `; ${signedInAs === undefined ? 'nobody said who signed in' : `signed in as ${plain(signedInAs)}`}, ` +
      `${chosenOffer === undefined ? 'nobody said which offer was chosen' : `chose "${plain(chosenOffer)}"`}; ` +
      `recorded by ${submittedBy}, ${dated(at, zone)}`
  ),
  ...[...handOff.approvals, ...handOff.vaultTasks].map(({ task, by, at }) => `- ${task}: ${by}, ${dated(at, zone)}`),
  ...handOff.offlineCopies.map(
    ({ task, by, at, location, covers = [] }) =>
      `- ${task}: ${by}, ${dated(at, zone)}, kept at ${plain(location)}; ${covered(covers)}`
  ),
  ...handOff.replacements.map(
    ({ task, leaves, joins, by, at, reason }) =>
      `- ${task}: ${plain(joins)} took the place of ${plain(leaves)}; ${by}, ${dated(at, zone)}: ${plain(reason)}`
  ),
  ...(handOff.microsoft ?? []).map(({ task, by, at, says }) => `- ${task}: ${plain(says)}; ${by}, ${dated(at, zone)}`),
  ...handOff.overrides.map(
    ({ code, by, at, reason }) => `- Went on although ${code} did not hold: ${by}, ${dated(at, zone)}: ${plain(reason)}`
  ),
  `- Microsoft was told ${dated(handOff.registration.mailedAt, zone)}; states ${handOff.registration.states.join(', ')}`
]

const covered = (keys: readonly string[]): string =>
  keys.length === 0 ? 'made before any backup of the present keys' : `has the backups of ${keys.join(', ')}`

const listSection = (title: string, items: readonly string[]): string[] => [
  `## ${title}`,
  '',
  ...items.map((item) => `- ${item}`)
]

const evidenceSection = ({ evidence }: HandOff): string[] => [
  '## Evidence',
  '',
  '| batch | store | records | SHA-256 |',
  '|---|---|---|---|',
  ...evidence.map(
    ({ name, store, requirements, sha256 }) => `| ${name} | ${store} | ${requirements.length} | \`${sha256}\` |`
  )
]
