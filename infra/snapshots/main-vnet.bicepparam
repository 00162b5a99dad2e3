// The same in a network of its own, both slots deployed; test/infra/snapshots.test.ts compares main-vnet.snapshot.json with it.
using '../main.bicep'

param environmentName = 'ck-prod'
param location = 'westus2'
param namePrefix = 'contoso'
param slot1SubscriptionId = '00000000-0000-4000-8000-000000000001'
param slot2SubscriptionId = '00000000-0000-4000-8000-000000000002'
param signInClientId = '00000000-0000-4000-8000-000000000004'
param alertEmails = 'alice@contoso.com,bob@contoso.com'
param networking = 'vnet'
param slotStoresMade = true
