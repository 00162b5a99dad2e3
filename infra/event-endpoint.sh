#!/bin/sh
# Tells the app how Event Grid reaches it: the setting CKEY_EVENT_ENDPOINT, which holds the app's system key for Event Grid.
# Bicep cannot: that key exists only once the app has been deployed and started. azd runs this after each deployment; after
# `azd provision` alone, which takes the setting away, run `azd hooks run postdeploy`. It can be run as often as you like.
#
#   infra/event-endpoint.sh [APP_NAME AZURE_RESOURCE_GROUP]     (default: what azd put into the environment)
#
# Always in AZURE_SUBSCRIPTION_ID, which azd gives it too: what az is set to may be a slot's.
#
# The key is never printed. Not run where it was written: there was no Azure.
set -eu

name=${1:-${APP_NAME:?give the name of the function app, or run it by azd}}
group=${2:-${AZURE_RESOURCE_GROUP:?give its resource group}}
subscription=${AZURE_SUBSCRIPTION_ID:?set it to the subscription of the app, or run this by azd}

system_key() {
  az functionapp keys list --subscription "$subscription" --name "$name" --resource-group "$group" \
    --query systemKeys.eventgrid_extension --output tsv
}

key=$(system_key)
tries=0
# The host makes the key when it first loads the extension.
while [ -z "$key" ] && [ "$tries" -lt 10 ]; do
  tries=$((tries + 1))
  sleep "${CKEY_PAUSE_SECONDS:-15}"
  key=$(system_key)
done
if [ -z "$key" ]; then
  echo "The app $name has no system key for Event Grid yet: it has not started. Look at its log, then: azd hooks run postdeploy" >&2
  exit 1
fi

host=$(az functionapp show --subscription "$subscription" --name "$name" --resource-group "$group" \
  --query defaultHostName --output tsv)
# By a file, not by an argument: arguments show in the list of processes.
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
chmod 600 "$settings"
printf '[{"name":"CKEY_EVENT_ENDPOINT","value":"https://%s/runtime/webhooks/EventGrid?functionName=key-event&code=%s"}]' \
  "$host" "$key" >"$settings"
az functionapp config appsettings set --subscription "$subscription" --name "$name" --resource-group "$group" \
  --settings "@$settings" --output none
echo "CKEY_EVENT_ENDPOINT is set on $name: Event Grid will reach it at https://$host/runtime/webhooks/EventGrid"
