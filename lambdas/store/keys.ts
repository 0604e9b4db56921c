/** Every key of the one table. Items of one partition are listed by one query. */
export const keys = {
  device: (id: string) => ({ pk: 'DEVICES', sk: `DEVICE#${id}` }),
  devices: { pk: 'DEVICES', prefix: 'DEVICE#' },
  connection: (viewer: string, connection: string) => ({
    pk: `VIEWER#${viewer}`,
    sk: `CONNECTION#${connection}`,
  }),
  connections: (viewer: string) => ({ pk: `VIEWER#${viewer}`, prefix: 'CONNECTION#' }),
  call: (call: string) => ({ pk: `CALL#${call}`, sk: 'CALL' }),
} as const
