/** A difference between what was recorded and what the simulated Azure answers, that stays, and why. */
export interface Named {
  readonly of: RegExp
  readonly because: string
}

const newer = 'published since it was recorded; held by facts.json'
const set = 'whoever made what was recorded did not set it; held by facts.json'
const notPlayed = 'nothing here asks for it or reads it'

/** Each entry must name a difference that there is. */
export const named: readonly Named[] = [
  {
    of: /^arm eventSubscriptions\.\w+ \d+: .*(deadLetterWith|eventDeliverySchema|maxEventsPer|preferredBatch)/,
    because: set
  },
  { of: /^arm eventSubscriptions\.\w+ \d+: .*labels/, because: 'the simulation keeps no labels; nobody here sets any' },
  {
    of: /^arm eventSubscriptions\.list.*subject(Begins|Ends)With is missing/,
    because: 'of subscriptions that filter by subject'
  },
  {
    of: /^arm policyDefinitions\.getBuiltIn 403/,
    because: 'recorded of a scope that is no tenant; here everybody reads what is built in'
  },
  {
    of: /header azure-asyncoperation is missing/,
    because:
      'the address of the operation is not played: the app reads topic and subscription themselves until they are ready'
  },
  {
    of: /^arm policy\w+\.\w+ 200: .*([vV]ersion|overrides|resourceSelectors|policyDefinitionGroups|groupNames).* was never/,
    because: newer
  },
  { of: /^arm policyAssignments\.list 200: .*nonComplianceMessages.* was never/, because: set },
  { of: /^arm policySetDefinitions\.get 200: .*(displayName|description|parameters).* was never/, because: set },
  { of: /^arm policy.* 200: .*(systemData|identity|parameters\.\*).* is missing/, because: notPlayed },
  {
    of: /^arm providers\.\w+ 200: authorization(\.\w+)? is missing/,
    because: 'of providers with one application; those played have a list'
  },
  {
    of: /^arm providers\.get 200: resourceTypes\[\]\.(apiProfiles|locationMappings|zoneMappings).* is missing/,
    because: 'of other providers, or of zones: nothing here asks for it'
  },
  {
    of: /^arm providers\.register 200: resourceTypes\[\]\.defaultApiVersion was never/,
    because: 'one view answers both; recorded of reads'
  },
  {
    of: /^arm registrationAssignments\.list 200: .* was never/,
    because: 'the recorded subscription was delegated to nobody'
  },
  { of: /^arm resourceGroups\.\w+ \d+: managedBy is missing/, because: 'of groups that a managed application owns' },
  {
    of: /^arm resources\.list 200: value\[\]\.(changedTime|createdTime|provisioningState|identity|kind|sku|systemData).* is missing/,
    because: 'asked for by $expand, or of other types of resources'
  },
  {
    of: /header x-ms-(request-charge|providerhub-traffic|original-request-ids) is missing/,
    because: 'inner bookkeeping of Azure'
  },
  {
    of: /^arm subscriptionFeatureRegistrations\.get 200: properties\.authorizationProfile.* was never/,
    because: 'recorded of a feature that nobody asked for; after a request the definition has it'
  },
  { of: /^arm systemTopics\.\w+ \d+: .*(identity|tags\.\*).* was never/, because: set },
  { of: /^arm tenants\.list 200: .* was never/, because: newer },
  {
    of: /^arm vaults\.\w+ 200: .*(enableRbacAuthorization|purgeProtectionEnabled|tags\.\*|applicationId).* was never/,
    because: set
  },
  {
    of: /^arm vaults\.\w+ 200: properties\.privateEndpointConnections.* is missing/,
    because: 'no private endpoint is played'
  },
  {
    of: /^arm vaults\.listByResourceGroup 200: value.* was never/,
    because: 'recorded with versions before 2020; vaults.get was recorded with it'
  },
  { of: /^arm vaults\.list\w+ 200: nextLink is missing/, because: 'of a page that is not the last' },
  { of: /^graph groups\.get 200: .* is missing/, because: 'the app selects what it reads; the rest is not played' },
  {
    of: /^graph servicePrincipals\.create 201: is never/,
    because: 'the app must never hold that right: the simulated Graph creates nothing'
  },
  {
    of: /^graph users\.\w+ 200: .*mail is never null/,
    because: 'of an account without a mailbox, which test/azure/graph.test.ts plays'
  },
  { of: /^keyvault keys\.\w+ 200: .*(exp|nbf|tags|tags\.\*) was never/, because: set },
  {
    of: /^keyvault keys\.delete 200: is never/,
    because: 'refused with a status of our own: no rehearsal goes on after it'
  },
  { of: /^keyvault keys\.\w+ 200: .*managed is missing/, because: 'of keys that stand behind a certificate' },
  { of: /^keyvault keys\.import 200: key\.(crv|x|y) is missing/, because: 'only RSA is imported here' },
  {
    of: /^storage .*(delete-type-permanent|x-ms-(group|owner|permissions|resource-type)|encryption-scope)/,
    because: 'of accounts with versions, directories or scopes'
  },
  {
    of: /^storage blob\.(get|getProperties) 304: is never/,
    because: 'nothing here reads on the condition that it changed'
  },
  {
    of: /^storage blob\.get 404 ResourceNotFound/,
    because: 'of the second endpoint of an account with a copy elsewhere'
  },
  {
    of: /^storage blob\.\w+ 409( BlobUsesCustomerSpecifiedEncryption)?: is never/,
    because: 'no key of a caller’s own is played'
  },
  {
    of: /^storage blob\.put\w* 201: header x-ms-content-crc64/,
    because: 'given where a checksum of this kind, or none, was sent'
  },
  {
    of: /^storage blob\.put 412 LeaseLost/,
    because: 'of a lease that has run out; the store says LeaseNotPresentWithBlobOperation'
  },
  {
    of: /^storage blob\.putBlock 400 Md5Mismatch/,
    because: 'neither Azurite nor the store in memory checks the MD5 of a block'
  },
  {
    of: /^storage blob\.putBlockList (409|412)/,
    because: 'the app writes whole blobs on conditions, and blocks on none'
  },
  {
    of: /^storage blob\.(setImmutabilityPolicy|deleteImmutabilityPolicy|setLegalHold) 200/,
    because: 'no identity here has that right'
  },
  {
    of: /^storage container\.\w+ (400|412)/,
    because: 'containers come with the seed: nobody here makes or leases one'
  },
  {
    of: /^storage container\.listBlobs 200: /,
    because: 'asked for by include or delimiter, or of blobs of other kinds'
  }
]
