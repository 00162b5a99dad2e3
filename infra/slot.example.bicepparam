// A slot's parameters. Copy it within this folder (infra/slot1.bicepparam): what it uses is named from where it lies. Fill the copy
// in, and keep it with the slot's administrator.
using 'slot.bicep'

param slot = 1
param principalId = '00000000-0000-0000-0000-000000000000' // output SLOT1_PRINCIPAL_ID of azd
param location = 'westus2'
param namePrefix = 'contoso'
param operatorGroupId = '' // Entra group of those who keep offline copies
param storeSku = 'Standard_ZRS' // or Standard_LRS, Standard_GRS where the region has no zones; never changed afterwards
param networking = 'public' // or 'vnet', as of the app
param alertEmails = [] // who is mailed of changed roles, vaults, registration and logs
param vaultNames = [] // after the set-up: the slot's vaults, whose audit log then goes to the slot's own workspace
param expectedReaders = [] // who takes offline copies
param policiesLocked = false // true once the lockCommands of the output have been run
param settingUp = true // false after the hand-off
param drills = false // true after the hand-off, where restore drills are on
param authorization = 'access-policies' // or 'rbac', as in the onboarding request
