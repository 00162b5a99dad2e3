export type ServiceName = 'arm' | 'graph' | 'keyvault' | 'email' | 'storage' | 'eventgrid' | 'insights' | 'token'
