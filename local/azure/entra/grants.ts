import { timingSafeEqual } from 'node:crypto'
import type { SimulatedResponse } from '../core/service.ts'
import { servicePrincipals, users, type UserRecord } from '../graph/directory.ts'
import { clientSecretOf } from './client-secrets.ts'
import { deviceCodes } from './device-codes.ts'
import { forApplication, forPerson, sessionOf, type Asked } from './issue.ts'
import { refusal } from './refusals.ts'

export type Grant = (form: ReadonlyMap<string, string>, asked: Asked) => SimulatedResponse

/** What the token endpoint takes, by `grant_type`. */
export const grants: Readonly<Record<string, Grant>> = {
  client_credentials: withSecret,
  'urn:ietf:params:oauth:grant-type:device_code': withDeviceCode,
  device_code: withDeviceCode, // MSAL for Python sends this one
  refresh_token: withRefreshToken
}

function withSecret(form: ReadonlyMap<string, string>, asked: Asked): SimulatedResponse {
  const { world, clientId } = asked
  const application = servicePrincipals(world).get(clientId.toLowerCase())
  if (application === undefined)
    throw refusal(
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId}' was not found in the directory.`
    )
  const [given, own] = [form.get('client_secret') ?? '', clientSecretOf(world, clientId)].map((each) =>
    Buffer.from(each)
  )
  if (given === undefined || own === undefined || given.length !== own.length || !timingSafeEqual(given, own))
    throw refusal('invalid_client', 7000215, `Invalid client secret provided for app '${clientId}'.`)
  return forApplication({ ...asked, objectId: application.id })
}

function withDeviceCode(form: ReadonlyMap<string, string>, asked: Asked): SimulatedResponse {
  const { world } = asked
  const code = form.get('device_code') ?? form.get('code')
  const waiting = deviceCodes(world)
    .values()
    .find(({ deviceCode }) => deviceCode === code)
  if (waiting === undefined) throw refusal('bad_verification_code', 70018, 'The verification code is not known.')
  if (waiting.expiresAt <= Date.now())
    throw refusal('expired_token', 70020, 'The provided value for the code has expired.')
  if (waiting.userId === undefined)
    throw refusal(
      'authorization_pending',
      70016,
      'OAuth 2.0 device flow error. Authorization is pending. Continue polling.'
    )
  deviceCodes(world).delete(waiting.userCode) // a code is good for one sign-in
  return forPerson({ ...asked, scope: form.get('scope') ?? waiting.scope, user: person(asked, waiting.userId) })
}

function withRefreshToken(form: ReadonlyMap<string, string>, asked: Asked): SimulatedResponse {
  const session = sessionOf(asked.world, form.get('refresh_token') ?? '')
  if (session === undefined || session.clientId !== asked.clientId)
    throw refusal('invalid_grant', 70000, 'Provided grant is invalid or malformed.')
  return forPerson({ ...asked, user: person(asked, session.userId) })
}

function person({ world, tenantId }: Asked, userId: string): UserRecord {
  const user = users(world)
    .values()
    .find(({ id }) => id === userId)
  if (user === undefined)
    throw refusal('invalid_grant', 50034, `The user account does not exist in the directory ${tenantId}.`)
  if (user.accountEnabled === false) throw refusal('invalid_grant', 50057, 'The user account is disabled.')
  return user
}
