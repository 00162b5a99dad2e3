import type { OnboardingList } from '../../src/domain/views/documents.ts'
import { testMark } from '../../src/domain/terms/choices.ts'
import { Option } from 'commander'
import { onboardingStates, type OnboardingState } from '../../src/domain/views/documents.ts'
import type { Client } from '../client.ts'
import { moment } from '../moments.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand } from '../shell.ts'

interface Options extends AppOptions {
  readonly status?: OnboardingState
}

export const addList: AddCommand = (program, { outside, does }) => {
  withApp(program.command('list').description('all onboardings'))
    .addOption(new Option('--status <status>', 'only these').choices(onboardingStates))
    .action(
      does(async (options: Options) => {
        const items = await allOf(clientOf(options, outside), options.status)
        return {
          data: { items },
          lines: items.length === 0 ? ['There is no onboarding.'] : items.map(lineOf(outside.zone))
        }
      })
    )
}

type Item = OnboardingList['items'][number]

async function allOf(client: Client, status: OnboardingState | undefined): Promise<Item[]> {
  const items: Item[] = []
  for (let continuation: string | undefined; ; ) {
    const { body: page } = await client.call('listOnboardings', { query: { limit: '200', status, continuation } })
    items.push(...page.items)
    continuation = page.continuation
    if (continuation === undefined) return items
  }
}

const lineOf =
  (own: string) =>
  ({ id, organization, purpose, status, waitingOn, due, zone }: Item): string =>
    [
      id.padEnd(20),
      organization.domain.padEnd(32),
      status.padEnd(10),
      status === 'running' ? `waiting on ${waitingOn}` : '',
      due !== null && status === 'running' ? `due ${moment(due, zone, own)}` : '',
      purpose === 'test' ? testMark : ''
    ]
      .filter((each) => each !== '')
      .join('  ')
      .trimEnd()
