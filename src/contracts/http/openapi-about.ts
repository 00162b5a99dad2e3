import type { Operation } from './operations.ts'

/** What operations are about: the first word of their path; those of the app itself are of the deployment. */
export const tags: Readonly<Record<string, string>> = {
  plans: 'What an onboarding would do, before anybody has it done',
  onboardings: 'Where onboardings stand, what they ask of whom, what they hand over',
  vaults: 'Vaults that others made, or whose administrators changed',
  backups: 'Backups of keys, and their offline copies',
  deployment: 'The app itself'
}

export function tagOf(path: string): string {
  const first = path.split('/')[0] ?? ''
  return first in tags ? first : 'deployment'
}

/** App Service's sign-in stands before every operation but those for anybody. */
export const securitySchemes = {
  entra: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A token of Microsoft Entra ID for the audience api://{client id of the app}; a browser has a session instead'
  },
  thisMachine: {
    type: 'apiKey',
    in: 'header',
    name: 'x-local-user',
    description: 'On the embedded host alone: who acts, by user principal name'
  }
}

/** Of an operation that refuses nobody itself. */
export const ofThePlatform = {
  '4XX': {
    description: 'Not the app’s own: of the platform, e.g. 403 while it is stopped or where access is restricted'
  }
}

/** Who may ask, and what else holds for whoever does. */
export function aboutOf(operation: Operation): string {
  const { role, again } = operation
  return [
    role === 'anybody' ? 'For anybody, signed in or not.' : `For whoever has the role ${role}.`,
    ...(operation.method === 'GET' || operation.stepUp === 'never' ? [] : [stepUps[operation.stepUp]]),
    ...(again === undefined ? [] : [`Where Azure does not answer within seconds: 202, and ${again} looks at it again.`])
  ].join(' ')
}

const stepUps = {
  always: 'Takes a stronger sign-in where the deployment asks for one.',
  'as-the-task-says': 'Some tasks take a further role, or a stronger sign-in where the deployment asks for one.'
} as const
