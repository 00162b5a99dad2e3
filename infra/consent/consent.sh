#!/usr/bin/env bash
# For a global administrator of the tenant: what Bicep cannot make. Run it before `azd up`, for the client id, and again
# after it, for the rest; every step looks first, so it can be run as often as you like. Wants az, signed in, and jq.
#
#   infra/consent/consent.sh NAME_PREFIX [APP_PRINCIPAL_ID APP_URL]     (the last two: azd env get-values)
#
# Not run where it was written: there was no tenant.
set -euo pipefail

prefix=${1:?give the namePrefix of the deployment, e.g. contoso}
principal=${2:-}
url=${3:-}
graph_app=00000003-0000-0000-c000-000000000000 # Microsoft Graph, the same in every tenant
name="Customer Key onboarding ($prefix)"

# The tools whose sign-in ckey uses, the same in every tenant: Azure CLI, as which azd signs in too, and Azure PowerShell.
# https://github.com/Azure/azure-dev/blob/main/cli/azd/pkg/auth/manager.go
tools='["04b07795-8ddb-461a-bbee-02f9e1bf7b46", "1950a258-227b-4e31-a9cf-717495945fc2"]'

# What src/azure/graph.ts reads: licences and domains, service principals, people, who is in a group.
graph_roles=(Organization.Read.All Application.Read.All User.Read.All GroupMember.Read.All)

main() {
  local tenant
  tenant=$(az account show --query tenantId --output tsv)
  sign_in_application
  command_line
  echo "CKEY_SIGN_IN_CLIENT_ID=$client"
  if [[ -z $principal ]]; then
    echo "Next: azd env set CKEY_SIGN_IN_CLIENT_ID $client, azd up, then this again with APP_PRINCIPAL_ID and APP_URL." >&2
    return
  fi
  az ad app update --id "$client" --web-redirect-uris "$url/.auth/login/aad/callback" --enable-id-token-issuance true
  trust_identity "$client" "$tenant"
  for role in "${graph_roles[@]}"; do grant "$role"; done
}

# The application people sign in with, as `client`: a function whose output were taken would go on after a failure of az.
# It has no secret and asks for no permission of anybody's data.
sign_in_application() {
  client=$(az ad app list --display-name "$name" --query '[0].appId' --output tsv)
  if [[ -z $client ]]; then
    client=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv)
  fi
  az ad app update --id "$client" --identifier-uris "api://$client"
  [[ -n $(az ad sp list --filter "appId eq '$client'" --query '[0].id' --output tsv) ]] || az ad sp create --id "$client" >/dev/null
  az ad app update --id "$client" --app-roles "$(app_roles)"
  # Only people and groups assigned to it can sign in at all.
  az ad sp update --id "$client" --set appRoleAssignmentRequired=true
}

# Lets people act through ckey: the application has a scope, and the tools may ask for it without anybody's consent. Without it
# Entra refuses them (AADSTS65001, AADSTS650057). A scope that is there keeps its id: one that is enabled cannot be taken away.
command_line() {
  local api
  # Version 2, so that a token has the issuer and audience that the platform's sign-in is told (infra/modules/function-app.bicep).
  api=$(az ad app show --id "$client" --query api --output json | jq -c '(. // {}) | .requestedAccessTokenVersion = 2
    | .oauth2PermissionScopes = ([.oauth2PermissionScopes[]? | select(.value != "user_impersonation")]
      + [([.oauth2PermissionScopes[]? | select(.value == "user_impersonation")][0] // {
          id: "2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a04", value: "user_impersonation", type: "Admin",
          adminConsentDisplayName: "Use Customer Key onboarding", adminConsentDescription: "Act in the app as the signed-in person"
        }) | .isEnabled = true])')
  set_api "$api"
  # A call of its own: Graph takes no tool for a scope that it does not know yet.
  set_api "$(jq -c --argjson tools "$tools" '(.oauth2PermissionScopes[] | select(.value == "user_impersonation").id) as $scope
    | .preAuthorizedApplications = ([.preAuthorizedApplications[]? | select(.appId as $app | $tools | index($app) | not)]
      + ($tools | map({ appId: ., delegatedPermissionIds: [$scope] })))' <<<"$api")"
}

set_api() {
  az rest --method patch --url "https://graph.microsoft.com/v1.0/applications(appId='$client')" \
    --body "$(jq -nc --argjson api "$1" '{ api: $api }')" >/dev/null
}

# What people may be given in Entra ID, under Enterprise applications (src/domain/people/roles.ts). Ids of our own, for good.
app_roles() {
  jq -n '[
    ["2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a01", "Reader", "Sees onboardings, evidence and backups"],
    ["2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a02", "Operator", "Starts onboardings and answers their tasks"],
    ["2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a03", "Approver", "Approves what cannot be undone, and overrides findings"]
  ] | map({ id: .[0], value: .[1], displayName: .[1], description: .[2], isEnabled: true, allowedMemberTypes: ["User"] })'
}

# The platform proves itself to the application with the app's identity, instead of a secret that expires.
trust_identity() {
  local client=$1 tenant=$2
  if az ad app federated-credential list --id "$client" --query '[].subject' --output tsv | grep -qx "$principal"; then return; fi
  az ad app federated-credential create --id "$client" --parameters "$(jq -n --arg subject "$principal" --arg tenant "$tenant" '{
    name: "app-identity", subject: $subject, issuer: "https://login.microsoftonline.com/\($tenant)/v2.0",
    audiences: ["api://AzureADTokenExchange"] }')" >/dev/null
}

# Gives the identity app one application role of Microsoft Graph.
grant() {
  local role=$1 resource id
  resource=$(az ad sp show --id "$graph_app" --query id --output tsv)
  id=$(az ad sp show --id "$graph_app" --query "appRoles[?value=='$role'].id | [0]" --output tsv)
  local assignments="https://graph.microsoft.com/v1.0/servicePrincipals/$principal/appRoleAssignments"
  if az rest --url "$assignments" --query 'value[].appRoleId' --output tsv | grep -qx "$id"; then
    echo "has $role"
    return
  fi
  az rest --method post --url "$assignments" --body "$(jq -n --arg p "$principal" --arg r "$resource" --arg i "$id" \
    '{ principalId: $p, resourceId: $r, appRoleId: $i }')" >/dev/null
  echo "granted $role"
}

main
