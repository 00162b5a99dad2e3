#!/usr/bin/env bash
# For a global administrator of the tenant: what Bicep cannot make. Run it before `azd up`, for the client id, and again
# after it, for the rest; every step looks first, so it can be run as often as you like. Wants az, signed in, and jq.
#
#   infra/consent/consent.sh NAME_PREFIX [APP_PRINCIPAL_ID APP_URL]     (the last two: azd env get-values)
#
# It goes on with an application only if nobody but administrators can have made it or can act as it: display names are free, and any user
# may take a unique name (https://learn.microsoft.com/graph/api/application-upsert#permissions). One that an earlier release made has no
# unique name: say which it is by CKEY_SIGN_IN_CLIENT_ID.
#
# Not run where it was written: there was no tenant.
set -euo pipefail

prefix=${1:?give the namePrefix of the deployment, e.g. contoso}
principal=${2:-}
url=${3:-}
graph_app=00000003-0000-0000-c000-000000000000 # Microsoft Graph, the same in every tenant
name="Customer Key onboarding ($prefix)"
unique="customer-key-onboarding-$(tr '[:upper:]' '[:lower:]' <<<"$prefix")"
graph=https://graph.microsoft.com/v1.0

# The tools whose sign-in ckey uses, the same in every tenant: Azure CLI, as which azd signs in too, and Azure PowerShell.
# https://github.com/Azure/azure-dev/blob/main/cli/azd/pkg/auth/manager.go
tools='["04b07795-8ddb-461a-bbee-02f9e1bf7b46", "1950a258-227b-4e31-a9cf-717495945fc2"]'

# What src/azure/graph.ts reads: licences and domains, service principals and who has their roles, people, who is in a group,
# and who may enter one on demand (PIM; without it that stays unread, and the app says so).
graph_roles=(Organization.Read.All Application.Read.All User.Read.All GroupMember.Read.All PrivilegedEligibilitySchedule.Read.AzureADGroup)

main() {
  issuer=https://login.microsoftonline.com/$(az account show --query tenantId --output tsv)/v2.0
  sign_in_application
  command_line
  echo "CKEY_SIGN_IN_CLIENT_ID=$client"
  if [[ -z $principal ]]; then
    echo "Next: azd env set CKEY_SIGN_IN_CLIENT_ID $client, azd up, then this again with APP_PRINCIPAL_ID and APP_URL." >&2
    return
  fi
  az ad app update --id "$client" --web-redirect-uris "$url/.auth/login/aad/callback" --enable-id-token-issuance true
  trust_identity
  grant_all
}

# The application people sign in with, as `client`: a function whose output were taken would go on after a failure of az.
# It has no secret and asks for no permission of anybody's data.
sign_in_application() {
  find_application
  if [[ -z $found ]]; then
    local same
    same=$(others '')
    [[ -z $same ]] || stop "Applications called $name are there already: ${same//$'\n'/; }. None is this deployment's, and one more would look" \
      "the same to people. If one of these is yours, run this again with CKEY_SIGN_IN_CLIENT_ID set to its client id; if not, have it" \
      "deleted or renamed."
    found=$(az rest --method patch --url "$graph/applications(uniqueName='$unique')" \
      --headers Prefer=create-if-missing Content-Type=application/json \
      --body "$(jq -nc --arg name "$name" '{ displayName: $name, signInAudience: "AzureADMyOrg" }')")
    # No answer: somebody took the unique name in between.
    [[ -n $found ]] || read_application "applications(uniqueName='$unique')"
  fi
  client=$(jq -r .appId <<<"$found")
  nobody_elses
  others "$client" | while read -r other; do
    echo "Another application has the same name, and it is none of ours: $other. Give people roles of $client, and of no other." >&2
  done
  az ad app update --id "$client" --identifier-uris "api://$client"
  [[ -n $(az ad sp list --filter "appId eq '$client'" --query '[0].id' --output tsv) ]] || az ad sp create --id "$client" >/dev/null
  az ad app update --id "$client" --app-roles "$(app_roles)"
  # Only people and groups assigned to it can sign in at all.
  az ad sp update --id "$client" --set appRoleAssignmentRequired=true
}

# This deployment's application, as `found`, or nothing: by its unique name, or by the client id that we are told.
find_application() {
  read_application "applications(uniqueName='$unique')"
  local told=${CKEY_SIGN_IN_CLIENT_ID:-} by_name=$found taken
  [[ -n $told ]] || return 0
  read_application "applications(appId='$told')"
  [[ -n $found ]] || stop "No application of this tenant has the client id $told (CKEY_SIGN_IN_CLIENT_ID)." \
    "Say the one that the first run printed, or none."
  taken=$(jq -r '.uniqueName // ""' <<<"$found")
  [[ -z $taken || $taken == "$unique" ]] ||
    stop "The application $told has the unique name $taken: it is another deployment's, not $unique. Say another client id, or none."
  [[ -z $by_name || $(jq -r .appId <<<"$by_name") == "$told" ]] ||
    stop "$(jq -r .appId <<<"$by_name") has this deployment's unique name $unique, and CKEY_SIGN_IN_CLIENT_ID says $told." \
      "Find out which of them people sign in with, have the other deleted, and run this again."
}

# Sets `found`; to nothing where there is none. Any other failure ends the script.
read_application() {
  local errors
  errors=$(mktemp)
  if ! found=$(az rest --method get --url "$graph/$1?\$select=id,appId,displayName,uniqueName,passwordCredentials,keyCredentials" 2>"$errors"); then
    found=
    grep -q Request_ResourceNotFound "$errors" || { cat "$errors" >&2; rm -f "$errors"; exit 1; }
  fi
  rm -f "$errors"
}

# Stops where anybody could act as it or change it: an application that a user without a role made has that user as owner, one that an
# administrator made has none (https://learn.microsoft.com/entra/identity/role-based-access-control/custom-create). Its service
# principal is looked at too: who owns that one may give people roles.
nobody_elses() {
  local me principals strangers keys trusted
  me=$(az ad signed-in-user show --query id --output tsv)
  principals=$(az ad sp list --filter "appId eq '$client'" --output json)
  strangers=$({
    az ad app owner list --id "$client" --output json
    [[ $principals == '[]' ]] || az ad sp owner list --id "$client" --output json
  } | jq -sr --arg me "$me" '[.[][] | select(.id != $me) | .userPrincipalName // .displayName // .id] | unique | join(", ")')
  [[ -z $strangers ]] || stop "The application $client has owners, who could change it unseen: $strangers. If it is this deployment's," \
    "take them away from it and from its service principal (az ad app owner remove --id $client --owner-object-id ID);" \
    "if not, have it deleted. Then run this again."
  keys=$(jq -sr '[.[] | if type == "array" then .[] else . end | (.passwordCredentials, .keyCredentials)[]?
    | .displayName // .keyId // "without a name"] | join(", ")' <<<"$found $principals")
  [[ -z $keys ]] || stop "The application $client has secrets or certificates, and this script makes none: $keys." \
    "Whoever has one acts as the app's sign-in. Find out who made them, delete them, and run this again."
  trusted=$(az ad app federated-credential list --id "$client" --output json |
    jq -r --arg issuer "$issuer" '[.[] | select(.name != "app-identity" or .issuer != $issuer) | .name] | join(", ")')
  [[ -z $trusted ]] || stop "The application $client trusts somebody besides the app's identity: $trusted. Find out who added that," \
    "delete it (az ad app federated-credential delete --id $client --federated-credential-id NAME), and run this again."
}

# Applications of the same display name, but for the one of this client id: a line each.
others() {
  az ad app list --display-name "$name" --output json |
    jq -r --arg name "$name" --arg own "$1" '.[] | select(.displayName == $name and .appId != $own) | "\(.appId), made \(.createdDateTime)"'
}

stop() {
  echo "$*" >&2
  exit 1
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
  az rest --method patch --url "$graph/applications(appId='$client')" \
    --body "$(jq -nc --argjson api "$1" '{ api: $api }')" >/dev/null
}

# What people may be given in Entra ID, under Enterprise applications (src/domain/people/roles.ts). Ids of our own, for good.
app_roles() {
  jq -n '[
    ["2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a01", "Reader", "Sees onboardings, evidence and backups"],
    ["2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a02", "Operator", "Starts onboardings and answers their tasks"],
    ["2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a03", "Approver", "Approves what cannot be undone, and overrides findings"],
    ["2f6c1b5e-6a0d-4a1b-9a53-0b6f0d6f1a05", "Custodian", "Stands for neither slot, and confirms who replaces whom"]
  ] | map({ id: .[0], value: .[1], displayName: .[1], description: .[2], isEnabled: true, allowedMemberTypes: ["User"] })'
}

# The platform proves itself to the application with the app's identity, instead of a secret that expires. An app that was built anew has
# another identity: the same trust is given to it, and the old one has none.
trust_identity() {
  local wanted there
  wanted=$(jq -nc --arg subject "$principal" --arg issuer "$issuer" '{
    name: "app-identity", subject: $subject, issuer: $issuer, audiences: ["api://AzureADTokenExchange"] }')
  there=$(az ad app federated-credential list --id "$client" --output json |
    jq -c '[.[] | select(.name == "app-identity")][0] // empty | { name, subject, issuer, audiences }')
  if [[ -z $there ]]; then
    az ad app federated-credential create --id "$client" --parameters "$wanted" >/dev/null
  elif [[ $there != "$wanted" ]]; then
    az ad app federated-credential update --id "$client" --federated-credential-id app-identity --parameters "$wanted" >/dev/null
    echo "trusts $principal in the place of $(jq -r .subject <<<"$there")"
  fi
}

# Gives the identity app what it reads of Microsoft Graph.
grant_all() {
  local resource held assignments="$graph/servicePrincipals/$principal/appRoleAssignments"
  resource=$(az ad sp show --id "$graph_app" --output json | jq -c '{ id, roles: [.appRoles[] | { value, id }] }')
  held=$(az rest --method get --url "$assignments" | jq -c '[.value[].appRoleId]')
  for role in "${graph_roles[@]}"; do
    local body
    body=$(jq -c --arg role "$role" --arg principal "$principal" \
      '{ principalId: $principal, resourceId: .id, appRoleId: (.roles[] | select(.value == $role).id) }' <<<"$resource")
    if [[ $(jq --argjson held "$held" '.appRoleId as $id | $held | index($id)' <<<"$body") != null ]]; then
      echo "has $role"
    else
      az rest --method post --url "$assignments" --body "$body" >/dev/null
      echo "granted $role"
    fi
  done
}

main
