import { overrideText } from '../../src/domain/checks/override-text.ts'
import type { BrokenExample, ListedCheck } from '../../src/domain/checks/all-checks.ts'

/** What an operator reads of one check, as `ckey runbook` prints it, for readers of the repository. */
export const runbookPage = (check: ListedCheck): string => `# \`${check.code}\`

Requirement ${check.requirement} ([docs/requirements.md](../requirements.md)). Made by \`npm run docs\` from \`src/domain/checks\`.

## What it means

${check.means}

## Check it by hand

Put your own names for the words in capitals.

\`\`\`sh
${check.look.join('\n')}
\`\`\`

## Cure it

${curesOf(check.findings())}

## Afterwards

${check.afterwards}

${overrideText(check)}
`

function curesOf(broken: readonly BrokenExample[]): string {
  const [only] = broken
  if (broken.length === 1 && only) return only.cure
  return broken.map(({ where, cure }) => `- Where ${where}: ${cure}`).join('\n')
}
