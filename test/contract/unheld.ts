/** What is held against no definition, and why. */
export const unheldServices = new Map([
  ['graph', 'Microsoft Graph publishes its definitions elsewhere, as CSDL; its shapes are read by the schemas of src/azure/graph.ts'],
  ['storage', 'Azurite answers, which is held against the Blob service by its own makers; the WORM layer by test/local/azure/storage'],
  ['eventgrid', 'it answers nobody: it calls'],
  ['token', 'App Service documents its identity endpoint in prose']
])

export const unheldOperations = new Map([
  ['keyvault challenge', 'the first, unauthenticated request: RFC 6750, not a definition'],
  ['keyvault keys.delete', 'refused with a status of our own, so that no rehearsal goes on after it']
])
