import { z } from 'zod'
import { optionalText, page, text, wordOf } from './words.ts'

// Who may do what: https://learn.microsoft.com/rest/api/authorization

const principalType = wordOf('User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device').nullish()

export const roleAssignments = page(
  z.object({
    id: optionalText,
    properties: z.object({
      roleDefinitionId: text,
      principalId: text,
      principalType,
      scope: text,
      condition: optionalText, // https://learn.microsoft.com/azure/role-based-access-control/conditions-format
      createdBy: optionalText,
      createdOn: optionalText
    })
  })
)

/** Roles that people do not hold and may take on. */
export const roleEligibilities = page(
  z.object({
    properties: z.object({
      roleDefinitionId: text,
      principalId: text,
      principalType,
      scope: text,
      status: wordOf('Provisioned', 'Accepted', 'Granted').nullish()
    })
  })
)

const authorizations = z.array(z.object({ principalId: text, roleDefinitionId: text }))

/** What Azure Lighthouse delegates: https://learn.microsoft.com/rest/api/managedservices/registration-assignments/list */
export const delegations = page(
  z.object({
    id: text,
    properties: z.object({
      registrationDefinition: z.object({
        properties: z.object({
          managedByTenantId: text,
          authorizations,
          eligibleAuthorizations: authorizations.nullish()
        })
      })
    })
  })
)

const actions = z.array(z.string())

/** A role that permits nothing says so by an empty list; one that does not say may permit anything. */
export const roleDefinition = z.object({
  id: text,
  properties: z.object({
    roleName: optionalText,
    permissions: z.array(
      z.object({
        actions,
        notActions: actions.nullish(),
        dataActions: actions.nullish(),
        notDataActions: actions.nullish()
      })
    )
  })
})

export const roleDefinitions = page(roleDefinition)
