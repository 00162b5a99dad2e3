#!/bin/sh
# Gives the identity `deployment` the role that writes the app's package, for a deployment, and takes it away again. The platform
# uploads by that identity, and code of the app could ask for it as well: so it may only read at all other times.
#
#   infra/package-writer.sh give | take [PACKAGE_CONTAINER_ID DEPLOYMENT_PRINCIPAL_ID]     (default: what azd put into the environment)
#
# azd runs it before and after each deployment (azure.yaml). After one that failed: azd hooks run postdeploy. Both look first, so they
# can be run as often as you like. Wants the right to assign roles there. Not run where it was written: there was no Azure.
#
# With CKEY_NETWORKING=vnet the store is closed to the public network. Where the platform’s upload does not reach it so (docs/deploy.md,
# “Networking”), CKEY_OPEN_PACKAGE_STORE=true opens it for the deployment; take closes it in any case.
set -eu

what=${1:-}
container=${2:-${PACKAGE_CONTAINER_ID:?give the id of the container of the package, or run it by azd}}
identity=${3:-${DEPLOYMENT_PRINCIPAL_ID:?give the object id of the identity deployment, or run it by azd}}
subscription=$(echo "$container" | cut -d / -f 3)
account=${container%%/blobServices/*}
role=ba92f5b4-2d11-453d-a403-e96b0029c9fe # packageWriter in built-in-roles.json

given() {
  az role assignment list --subscription "$subscription" --assignee "$identity" --role "$role" --scope "$container" \
    --query '[].id' --output tsv
}

reachable() {
  az storage account update --ids "$account" --public-network-access "$1" --output none
}

case $what in
give)
  if [ "${CKEY_NETWORKING:-public}" = vnet ] && [ "${CKEY_OPEN_PACKAGE_STORE:-false}" = true ]; then
    reachable Enabled
    echo "The store of the package is open to the public network until: infra/package-writer.sh take"
  fi
  there=$(given)
  [ -z "$there" ] || exit 0
  az role assignment create --subscription "$subscription" --assignee-object-id "$identity" --assignee-principal-type ServicePrincipal \
    --role "$role" --scope "$container" --output none
  echo "The identity deployment may write the package until: infra/package-writer.sh take (azd hooks run postdeploy)"
  # A role holds within ten minutes: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
  sleep "${CKEY_PAUSE_SECONDS:-120}"
  ;;
take)
  [ "${CKEY_NETWORKING:-public}" = public ] || reachable Disabled
  there=$(given)
  for each in $there; do az role assignment delete --subscription "$subscription" --ids "$each"; done
  left=$(given)
  if [ -n "$left" ]; then
    echo "The identity deployment may still write the package: $left. Take it away by hand: az role assignment delete --ids $left" >&2
    exit 1
  fi
  ;;
*)
  echo "Say give or take: infra/package-writer.sh give before a deployment, infra/package-writer.sh take after it" >&2
  exit 2
  ;;
esac
