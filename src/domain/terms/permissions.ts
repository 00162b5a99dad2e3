import type { Choices } from './choices.ts'

/** Key permissions of each kind of principal; the app grants exactly these and the checks demand exactly these. */
export const permissions = {
  administrator: ['create', 'import', 'list', 'get', 'backup', 'restore'],
  servicePrincipal: ['get', 'wrapKey', 'unwrapKey'],
  slotIdentity: ['get', 'list', 'create', 'update', 'backup', 'getrotationpolicy']
} as const

/** Under Azure RBAC whoever reads a key lists it too. */
export const permissionsUnder = (authorization: Choices['authorization']) =>
  authorization === 'rbac'
    ? { ...permissions, servicePrincipal: ['list', ...permissions.servicePrincipal] }
    : permissions
