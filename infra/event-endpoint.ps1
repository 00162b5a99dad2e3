#!/usr/bin/env pwsh
# What event-endpoint.sh does, for PowerShell 7: tells the app how Event Grid reaches it, by the setting CKEY_EVENT_ENDPOINT.
#
#   infra/event-endpoint.ps1 [-IfStarted] [APP_NAME AZURE_RESOURCE_GROUP]     (default: what azd put into the environment)
#
# -IfStarted: looks once, and leaves an app alone that was never deployed. Always in AZURE_SUBSCRIPTION_ID.
# The key is never printed. Not run where it was written against Azure: there was none.
param([switch]$IfStarted, [string]$Name = $env:APP_NAME, [string]$Group = $env:AZURE_RESOURCE_GROUP)
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false # a host that refuses is asked again

function Stop-With([string]$Why) {
  [Console]::Error.WriteLine($Why)
  exit 1
}

$subscription = $env:AZURE_SUBSCRIPTION_ID
if (-not $Name) { Stop-With 'APP_NAME: give the name of the function app, or run it by azd' }
if (-not $Group) { Stop-With 'AZURE_RESOURCE_GROUP: give its resource group, or run it by azd' }
if (-not $subscription) { Stop-With 'AZURE_SUBSCRIPTION_ID: set it to the subscription of the app, or run this by azd' }
$app = '--subscription', $subscription, '--name', $Name, '--resource-group', $Group
$pause = if ($env:CKEY_PAUSE_SECONDS) { [int]$env:CKEY_PAUSE_SECONDS } else { 15 }
$looks = if ($IfStarted) { 1 } else { 40 }

# A host that is still starting refuses, or has not made the key yet: both are waited for. What it said last is told at the end.
$key = ''
$errors = @()
for ($looked = 0; -not $key -and $looked -lt $looks; $looked++) {
  if ($looked -gt 0) { Start-Sleep -Seconds $pause }
  $answer = az functionapp keys list @app --query systemKeys.eventgrid_extension --output tsv 2>&1
  $errors = @($answer | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
  if ($LASTEXITCODE -eq 0) { $key = "$($answer | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })".Trim() }
}
if (-not $key -and $IfStarted) {
  "CKEY_EVENT_ENDPOINT is not set: $Name has no system key yet. " +
  'The deployment that follows sets it (or: azd hooks run postdeploy). ' +
  'Vaults made until then get no event subscription; ckey doctor --deployed names them'
  exit 0
}
if (-not $key) {
  $errors | ForEach-Object { [Console]::Error.WriteLine("$_") }
  Stop-With "The app $Name has no system key for Event Grid yet: it has not started. Look at its log, then: azd hooks run postdeploy"
}

$hostName = az functionapp show @app --query defaultHostName --output tsv
if ($LASTEXITCODE -ne 0 -or -not $hostName) {
  Stop-With "The app $Name has no host name that az could read. Look at what it said, then: azd hooks run postdeploy"
}

# By a file, not by an argument: arguments show in the list of processes. A temporary file is its user's alone.
$settings = New-TemporaryFile
try {
  $value = "https://$hostName/runtime/webhooks/EventGrid?functionName=key-event&code=$key"
  $setting = [ordered]@{ name = 'CKEY_EVENT_ENDPOINT'; value = $value }
  ConvertTo-Json -InputObject @($setting) -Compress | Set-Content -LiteralPath $settings -NoNewline
  az functionapp config appsettings set @app --settings "@$settings" --output none
  if ($LASTEXITCODE -ne 0) {
    Stop-With "CKEY_EVENT_ENDPOINT could not be set on $Name. Look at what az said, then: azd hooks run postdeploy"
  }
} finally {
  Remove-Item -LiteralPath $settings
}
"CKEY_EVENT_ENDPOINT is set on ${Name}: Event Grid will reach it at https://$hostName/runtime/webhooks/EventGrid"
