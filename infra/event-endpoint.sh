#!/bin/sh
# Tells the app how Event Grid reaches it: the setting CKEY_EVENT_ENDPOINT, which holds the app's system key for Event Grid.
# Bicep cannot: that key exists only once the app has been deployed and started. azd runs this after each deployment, and with
# --if-started after each provisioning, which writes all settings anew and takes this one away. Run it as often as you like.
#
#   infra/event-endpoint.sh [--if-started] [APP_NAME AZURE_RESOURCE_GROUP]     (default: what azd put into the environment)
#
# --if-started: looks once, and leaves an app alone that was never deployed.
# Always in AZURE_SUBSCRIPTION_ID, which azd gives it too: what az is set to may be a slot's.
#
# The key is never printed. Not run where it was written: there was no Azure.
set -eu

looks=40
if [ "${1:-}" = --if-started ]; then
  looks=1
  shift
fi
name=${1:-${APP_NAME:?give the name of the function app, or run it by azd}}
group=${2:-${AZURE_RESOURCE_GROUP:?give its resource group}}
subscription=${AZURE_SUBSCRIPTION_ID:?set it to the subscription of the app, or run this by azd}

umask 077
errors=$(mktemp)
settings=$(mktemp)
trap 'rm -f "$errors" "$settings"' EXIT

# A host that is still starting refuses, or has not made the key yet: both are waited for, and what it said last is told at the end.
key=
looked=0
while [ -z "$key" ] && [ "$looked" -lt "$looks" ]; do
  [ "$looked" = 0 ] || sleep "${CKEY_PAUSE_SECONDS:-15}"
  looked=$((looked + 1))
  key=$(az functionapp keys list --subscription "$subscription" --name "$name" --resource-group "$group" \
    --query systemKeys.eventgrid_extension --output tsv 2>"$errors") || key=
done
if [ -z "$key" ] && [ "$looks" = 1 ]; then
  echo "CKEY_EVENT_ENDPOINT is not set: $name has no system key yet. The deployment that follows sets it (or: azd hooks run postdeploy). Vaults made until then get no event subscription; ckey doctor --deployed names them"
  exit 0
fi
if [ -z "$key" ]; then
  cat "$errors" >&2
  echo "The app $name has no system key for Event Grid yet: it has not started. Look at its log, then: azd hooks run postdeploy" >&2
  exit 1
fi

host=$(az functionapp show --subscription "$subscription" --name "$name" --resource-group "$group" \
  --query defaultHostName --output tsv)
# By a file, not by an argument: arguments show in the list of processes.
printf '[{"name":"CKEY_EVENT_ENDPOINT","value":"https://%s/runtime/webhooks/EventGrid?functionName=key-event&code=%s"}]' \
  "$host" "$key" >"$settings"
az functionapp config appsettings set --subscription "$subscription" --name "$name" --resource-group "$group" \
  --settings "@$settings" --output none
echo "CKEY_EVENT_ENDPOINT is set on $name: Event Grid will reach it at https://$host/runtime/webhooks/EventGrid"
