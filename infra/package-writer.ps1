#!/usr/bin/env pwsh
# What package-writer.sh does, for PowerShell 7: gives the identity `deployment` the role that writes the package, and takes it away.
#
#   infra/package-writer.ps1 give | take [PACKAGE_CONTAINER_ID DEPLOYMENT_PRINCIPAL_ID]     (default: what azd put into the environment)
#
# Both look first, so they can be run as often as you like. Not run where it was written against Azure: there was none.
param([string]$What, [string]$Container = $env:PACKAGE_CONTAINER_ID, [string]$Identity = $env:DEPLOYMENT_PRINCIPAL_ID)
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false # its exit code is looked at

function Stop-With([string]$Why, [int]$Code = 1) {
  [Console]::Error.WriteLine($Why)
  exit $Code
}

if ($What -notin 'give', 'take') {
  Stop-With 'Say give or take: infra/package-writer.ps1 give before a deployment, infra/package-writer.ps1 take after it' 2
}
if (-not $Container) { Stop-With 'PACKAGE_CONTAINER_ID: give the id of the container of the package, or run it by azd' }
if (-not $Identity) { Stop-With 'DEPLOYMENT_PRINCIPAL_ID: give the object id of the identity deployment, or run it by azd' }
$subscription = $Container.Split('/')[2]
$role = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' # packageWriter in built-in-roles.json

function Get-Given {
  $ids = az role assignment list --subscription $subscription --assignee $Identity --role $role --scope $Container `
    --query '[].id' --output tsv
  if ($LASTEXITCODE -ne 0) { Stop-With 'az could not list who may write the package. Look at what it said.' }
  @($ids | Where-Object { $_ })
}

if ($What -eq 'give') {
  if (@(Get-Given).Count -gt 0) { exit 0 }
  az role assignment create --subscription $subscription --assignee-object-id $Identity --assignee-principal-type ServicePrincipal `
    --role $role --scope $Container --output none
  if ($LASTEXITCODE -ne 0) { Stop-With 'az could not give the role. Look at what it said.' }
  'The identity deployment may write the package until: infra/package-writer.ps1 take (azd hooks run postdeploy)'
  # A role holds within ten minutes: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
  Start-Sleep -Seconds $(if ($env:CKEY_PAUSE_SECONDS) { [int]$env:CKEY_PAUSE_SECONDS } else { 120 })
  exit 0
}
Get-Given | ForEach-Object { az role assignment delete --subscription $subscription --ids $_ }
$left = @(Get-Given)
if ($left.Count -gt 0) {
  Stop-With "The identity deployment may still write the package: $left. Take it away by hand: az role assignment delete --ids $left"
}
exit 0
