// A slot with all that can be switched on; test/infra/snapshots.test.ts compares slot-with-roles.snapshot.json with it.
using '../slot.bicep'

param slot = 2
param principalId = '00000000-0000-4000-8000-00000000000b'
param location = 'westus2'
param namePrefix = 'contoso'
param operatorGroupId = '00000000-0000-4000-8000-00000000000c'
param alertEmails = ['carol@contoso.com']
param authorization = 'rbac'
param drills = true
param networking = 'vnet'
param vaultNames = ['Contoso-CK-EX-NA-VaultA2', 'Contoso-CK-M365-VaultA2']
param expectedReaders = ['00000000-0000-4000-8000-00000000000d']
